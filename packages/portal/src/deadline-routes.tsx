import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { deadlineSearch } from './search.ts'

export const deadlines = createRoute({
  getParentRoute: () => shell,
  path: '/deadlines',
  validateSearch: deadlineSearch,
  component: lazyRouteComponent(
    () => import('./pages/deadlines/deadlines-page.tsx'),
    'DeadlinesPage',
  ),
})
