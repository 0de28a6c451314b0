import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { advisoryDraftSearch, advisorySearch } from './search.ts'

const behind = () => shell

const advisories = createRoute({
  getParentRoute: behind,
  path: '/advisories',
  validateSearch: advisorySearch,
  component: lazyRouteComponent(
    () => import('./pages/advisories/advisories-page.tsx'),
    'AdvisoriesPage',
  ),
})

const newAdvisory = createRoute({
  getParentRoute: behind,
  path: '/advisories/new',
  component: lazyRouteComponent(
    () => import('./pages/advisories/new-draft-page.tsx'),
    'NewDraftPage',
  ),
})

const advisoryDraft = createRoute({
  getParentRoute: behind,
  path: '/advisories/drafts/$id',
  validateSearch: advisoryDraftSearch,
  component: lazyRouteComponent(() => import('./pages/advisories/draft-page.tsx'), 'DraftPage'),
})

const advisory = createRoute({
  getParentRoute: behind,
  path: '/advisories/$id',
  component: lazyRouteComponent(
    () => import('./pages/advisories/advisory-page.tsx'),
    'AdvisoryPage',
  ),
})

export const advisoryRoutes = [advisories, newAdvisory, advisoryDraft, advisory] as const
