import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { effortSearch, orderDraftSearch, orderSearch } from './search.ts'

const behind = () => shell

export const orders = createRoute({
  getParentRoute: behind,
  path: '/orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(() => import('./pages/orders/orders-page.tsx'), 'OrdersPage'),
})

export const newOrder = createRoute({
  getParentRoute: behind,
  path: '/orders/new',
  validateSearch: orderDraftSearch,
  component: lazyRouteComponent(() => import('./pages/orders/new-order-page.tsx'), 'NewOrderPage'),
})

export const order = createRoute({
  getParentRoute: behind,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('./pages/orders/order-page.tsx'), 'OrderPage'),
})

export const efforts = createRoute({
  getParentRoute: behind,
  path: '/efforts',
  validateSearch: effortSearch,
  component: lazyRouteComponent(() => import('./pages/efforts/efforts-page.tsx'), 'EffortsPage'),
})

export const effort = createRoute({
  getParentRoute: behind,
  path: '/efforts/$id',
  component: lazyRouteComponent(() => import('./pages/efforts/effort-page.tsx'), 'EffortPage'),
})
