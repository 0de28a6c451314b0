import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { workSearch } from './search.ts'

const behind = () => shell

const myWork = createRoute({
  getParentRoute: behind,
  path: '/my-work',
  validateSearch: workSearch,
  component: lazyRouteComponent(() => import('./pages/my-work/my-work-page.tsx'), 'MyWorkPage'),
})

const task = createRoute({
  getParentRoute: behind,
  path: '/tasks/$id',
  component: lazyRouteComponent(() => import('./pages/tasks/task-page.tsx'), 'TaskPage'),
})

/** What is wanted, and one thing of it. */
export const taskRoutes = [myWork, task] as const
