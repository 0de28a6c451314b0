import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { api } from './api/api.ts'
import { queryClient } from './api/query-client.ts'
import { Refusal } from './api/send.ts'
import { sessionQuery } from './api/session.ts'
import { Failure } from './components/states.tsx'
import { publicAdvisorySearch, setupSearch, signInSearch } from './search.ts'
import { holdFor } from './shell/left-behind.ts'
import { forgetRecent } from './shell/recent.ts'
import { Shell } from './shell/shell.tsx'

export const root = createRootRoute({ component: Outlet })

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./pages/session/sign-in-page.tsx'), 'SignInPage'),
})

export const secondFactor = createRoute({
  getParentRoute: () => root,
  path: '/second-factor',
  component: lazyRouteComponent(
    () => import('./pages/session/second-factor-page.tsx'),
    'SecondFactorPage',
  ),
})

export const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(
    () => import('./pages/session/invitation-page.tsx'),
    'InvitationPage',
  ),
})

export const recovery = createRoute({
  getParentRoute: () => root,
  path: '/recovery',
  component: lazyRouteComponent(() => import('./pages/session/recovery-page.tsx'), 'RecoveryPage'),
})

export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: setupSearch,
  component: lazyRouteComponent(() => import('./pages/session/setup-page.tsx'), 'SetupPage'),
})

export const verifyContact = createRoute({
  getParentRoute: () => root,
  path: '/verify-contact',
  component: lazyRouteComponent(
    () => import('./pages/session/verify-contact-page.tsx'),
    'VerifyContactPage',
  ),
})

/** Where the link in the mail of an order leads. */
export const answerOrder = createRoute({
  getParentRoute: () => root,
  path: '/answer',
  component: lazyRouteComponent(() => import('./pages/answer/answer-page.tsx'), 'AnswerPage'),
})

/** Where the link in the mail of an advisory leads. */
export const answerAdvisory = createRoute({
  getParentRoute: () => root,
  path: '/answer/advisory',
  component: lazyRouteComponent(
    () => import('./pages/answer/advisory-answer-page.tsx'),
    'AdvisoryAnswerPage',
  ),
})

/** Advisories for everybody. */
export const publicAdvisories = createRoute({
  getParentRoute: () => root,
  path: '/public-advisories',
  validateSearch: publicAdvisorySearch,
  component: lazyRouteComponent(
    () => import('./pages/public-advisories/public-advisories-page.tsx'),
    'PublicAdvisoriesPage',
  ),
})

export const publicAdvisory = createRoute({
  getParentRoute: () => root,
  path: '/public-advisories/$number',
  component: lazyRouteComponent(
    () => import('./pages/public-advisories/public-advisory-page.tsx'),
    'PublicAdvisoryPage',
  ),
})

const checkPage = () => import('./pages/documents/check-page.tsx')

export const checkDocument = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(checkPage, 'CheckPage'),
})

/** Where the QR code of a document leads. */
export const checkCode = createRoute({
  getParentRoute: () => root,
  path: '/verify/$code',
  component: lazyRouteComponent(checkPage, 'CheckPage'),
})

/** Everything behind sign-in; who has no session is sent there and comes back to where they wanted to go. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      const { factor_missing, person } = await queryClient.ensureQueryData(sessionQuery)
      if (holdFor(localStorage, person.id)) forgetRecent()
      if (factor_missing) throw redirect({ to: '/second-factor' })
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error
      const { needed } = await api.setup.state({})
      if (needed) throw redirect({ to: '/setup', search: {} })
      const to = location.href === '/' ? {} : { to: location.href }
      throw redirect({ to: '/sign-in', search: to })
    }
  },
  component: Shell,
  errorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
})
