import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { ruleSearch } from './search.ts'

const behind = () => shell

const rules = createRoute({
  getParentRoute: behind,
  path: '/rules',
  validateSearch: ruleSearch,
  component: lazyRouteComponent(() => import('./pages/rules/rules-page.tsx'), 'RulesPage'),
})
const rule = createRoute({
  getParentRoute: behind,
  path: '/rules/$id',
  component: lazyRouteComponent(() => import('./pages/rules/rule-page.tsx'), 'RulePage'),
})
const newLibraryRule = createRoute({
  getParentRoute: behind,
  path: '/rules/library/new',
  component: lazyRouteComponent(() => import('./pages/rules/new-rule-page.tsx'), 'NewRulePage'),
})
const libraryRule = createRoute({
  getParentRoute: behind,
  path: '/rules/library/$id',
  component: lazyRouteComponent(
    () => import('./pages/rules/library-rule-page.tsx'),
    'LibraryRulePage',
  ),
})
const reviseLibraryRule = createRoute({
  getParentRoute: behind,
  path: '/rules/library/$id/edit',
  component: lazyRouteComponent(
    () => import('./pages/rules/revise-rule-page.tsx'),
    'ReviseRulePage',
  ),
})
const ruleSet = createRoute({
  getParentRoute: behind,
  path: '/rules/sets/$number',
  component: lazyRouteComponent(() => import('./pages/rules/rule-set-page.tsx'), 'RuleSetPage'),
})

export const ruleRoutes = [
  rules,
  rule,
  newLibraryRule,
  libraryRule,
  reviseLibraryRule,
  ruleSet,
] as const
