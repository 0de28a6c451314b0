import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { shiftSearch } from './search.ts'

const shifts = createRoute({
  getParentRoute: () => shell,
  path: '/shifts',
  validateSearch: shiftSearch,
  component: lazyRouteComponent(() => import('./pages/shifts/shifts-page.tsx'), 'ShiftsPage'),
})

const handover = createRoute({
  getParentRoute: () => shell,
  path: '/handovers/$id',
  component: lazyRouteComponent(() => import('./pages/shifts/handover-page.tsx'), 'HandoverPage'),
})

/** Pages of the 24/7 duty. */
export const shiftRoutes = [shifts, handover] as const
