import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { formSearch } from './search.ts'

const forms = createRoute({
  getParentRoute: () => shell,
  path: '/forms',
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import('./pages/forms/forms-page.tsx'), 'FormsPage'),
})

const form = createRoute({
  getParentRoute: () => shell,
  path: '/forms/$id',
  component: lazyRouteComponent(() => import('./pages/forms/form-page.tsx'), 'FormPage'),
})

const formPrint = createRoute({
  getParentRoute: () => shell,
  path: '/forms/$id/print',
  component: lazyRouteComponent(() => import('./pages/forms/print-page.tsx'), 'PrintPage'),
})

/** Pages of forms. */
export const formRoutes = [forms, form, formPrint] as const
