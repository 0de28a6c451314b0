import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { playbookSearch } from './search.ts'

const behind = () => shell

const playbooks = createRoute({
  getParentRoute: behind,
  path: '/playbooks',
  validateSearch: playbookSearch,
  component: lazyRouteComponent(
    () => import('./pages/playbooks/playbooks-page.tsx'),
    'PlaybooksPage',
  ),
})

const newPlaybook = createRoute({
  getParentRoute: behind,
  path: '/playbooks/new',
  component: lazyRouteComponent(() => import('./pages/playbooks/edit-page.tsx'), 'NewPlaybookPage'),
})

const playbook = createRoute({
  getParentRoute: behind,
  path: '/playbooks/$id',
  component: lazyRouteComponent(
    () => import('./pages/playbooks/playbook-page.tsx'),
    'PlaybookPage',
  ),
})

const editPlaybook = createRoute({
  getParentRoute: behind,
  path: '/playbooks/$id/edit',
  component: lazyRouteComponent(
    () => import('./pages/playbooks/edit-page.tsx'),
    'EditPlaybookPage',
  ),
})

/** Pages of response plans. */
export const playbookRoutes = [playbooks, newPlaybook, playbook, editPlaybook] as const
