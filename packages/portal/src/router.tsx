import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { advisoryRoutes } from './advisory-routes.tsx'
import { Failure, LoadingPage } from './components/states.tsx'
import { deadlines } from './deadline-routes.tsx'
import { formRoutes } from './form-routes.tsx'
import {
  answerAdvisory,
  answerOrder,
  checkCode,
  checkDocument,
  invitation,
  publicAdvisories,
  publicAdvisory,
  recovery,
  root,
  secondFactor,
  setup,
  shell,
  signIn,
  verifyContact,
} from './front-routes.tsx'
import { incidentReportRoutes } from './incident-report-routes.tsx'
import { journalEntry } from './journal-routes.tsx'
import { effort, efforts, newOrder, order, orders } from './order-routes.tsx'
import { NotFound } from './pages/not-found.tsx'
import { playbookRoutes } from './playbook-routes.tsx'
import { ruleRoutes } from './rule-routes.tsx'
import {
  adminSearch,
  alertSearch,
  approvalSearch,
  eventSearch,
  incidentDraftSearch,
  incidentSearch,
  meSearch,
  notificationSearch,
  organisationSearch,
  organisationsSearch,
  setUpSourceSearch,
  stationSearch,
  systemSearch,
  systemsSearch,
} from './search.ts'
import { shiftRoutes } from './shift-routes.tsx'
import { taskRoutes } from './task-routes.tsx'

const behind = () => shell

const overview = createRoute({
  getParentRoute: behind,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
})
const alerts = createRoute({
  getParentRoute: behind,
  path: '/alerts',
  validateSearch: alertSearch,
  component: lazyRouteComponent(() => import('./pages/alerts/alerts-page.tsx'), 'AlertsPage'),
})
const alert = createRoute({
  getParentRoute: behind,
  path: '/alerts/$id',
  component: lazyRouteComponent(() => import('./pages/alerts/alert-page.tsx'), 'AlertPage'),
})
const events = createRoute({
  getParentRoute: behind,
  path: '/events',
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import('./pages/events/events-page.tsx'), 'EventsPage'),
})
const incidents = createRoute({
  getParentRoute: behind,
  path: '/incidents',
  validateSearch: incidentSearch,
  component: lazyRouteComponent(
    () => import('./pages/incidents/incidents-page.tsx'),
    'IncidentsPage',
  ),
})
const newIncident = createRoute({
  getParentRoute: behind,
  path: '/incidents/new',
  validateSearch: incidentDraftSearch,
  component: lazyRouteComponent(
    () => import('./pages/incidents/new-incident-page.tsx'),
    'NewIncidentPage',
  ),
})
const incident = createRoute({
  getParentRoute: behind,
  path: '/incidents/$id',
  component: lazyRouteComponent(
    () => import('./pages/incidents/incident-page.tsx'),
    'IncidentPage',
  ),
})
const stations = createRoute({
  getParentRoute: behind,
  path: '/stations',
  validateSearch: stationSearch,
  component: lazyRouteComponent(() => import('./pages/stations/stations-page.tsx'), 'StationsPage'),
})
const setUpSource = createRoute({
  getParentRoute: behind,
  path: '/stations/set-up',
  validateSearch: setUpSourceSearch,
  component: lazyRouteComponent(
    () => import('./pages/stations/set-up/set-up-page.tsx'),
    'SetUpPage',
  ),
})
const station = createRoute({
  getParentRoute: behind,
  path: '/stations/$id',
  component: lazyRouteComponent(() => import('./pages/stations/station-page.tsx'), 'StationPage'),
})
const systems = createRoute({
  getParentRoute: behind,
  path: '/systems',
  validateSearch: systemsSearch,
  component: lazyRouteComponent(() => import('./pages/systems/systems-page.tsx'), 'SystemsPage'),
})
const newSystem = createRoute({
  getParentRoute: behind,
  path: '/systems/new',
  component: lazyRouteComponent(
    () => import('./pages/systems/new-system-page.tsx'),
    'NewSystemPage',
  ),
})
const system = createRoute({
  getParentRoute: behind,
  path: '/systems/$id',
  validateSearch: systemSearch,
  component: lazyRouteComponent(() => import('./pages/systems/system-page.tsx'), 'SystemPage'),
})
const editSystem = createRoute({
  getParentRoute: behind,
  path: '/systems/$id/edit',
  component: lazyRouteComponent(
    () => import('./pages/systems/edit-system-page.tsx'),
    'EditSystemPage',
  ),
})
const organisations = createRoute({
  getParentRoute: behind,
  path: '/organisations',
  validateSearch: organisationsSearch,
  component: lazyRouteComponent(
    () => import('./pages/organisations/organisations-page.tsx'),
    'OrganisationsPage',
  ),
})
const organisation = createRoute({
  getParentRoute: behind,
  path: '/organisations/$id',
  validateSearch: organisationSearch,
  component: lazyRouteComponent(
    () => import('./pages/organisations/organisation-page.tsx'),
    'OrganisationPage',
  ),
})
const approvals = createRoute({
  getParentRoute: behind,
  path: '/approvals',
  validateSearch: approvalSearch,
  component: lazyRouteComponent(
    () => import('./pages/approvals/approvals-page.tsx'),
    'ApprovalsPage',
  ),
})
const approval = createRoute({
  getParentRoute: behind,
  path: '/approvals/$id',
  component: lazyRouteComponent(
    () => import('./pages/approvals/approval-page.tsx'),
    'ApprovalPage',
  ),
})
const admin = createRoute({
  getParentRoute: behind,
  path: '/admin',
  validateSearch: adminSearch,
  component: lazyRouteComponent(() => import('./pages/admin/admin-page.tsx'), 'AdminPage'),
})
const regulation = createRoute({
  getParentRoute: behind,
  path: '/settings/regulations/$profile',
  component: lazyRouteComponent(() => import('./pages/settings/profile-page.tsx'), 'ProfilePage'),
})
const notifications = createRoute({
  getParentRoute: behind,
  path: '/notifications',
  validateSearch: notificationSearch,
  component: lazyRouteComponent(
    () => import('./pages/notifications/notifications-page.tsx'),
    'NotificationsPage',
  ),
})
const mail = createRoute({
  getParentRoute: behind,
  path: '/mails/$id',
  component: lazyRouteComponent(() => import('./pages/mails/mail-page.tsx'), 'MailPage'),
})
const me = createRoute({
  getParentRoute: behind,
  path: '/me',
  validateSearch: meSearch,
  component: lazyRouteComponent(() => import('./pages/me/me-page.tsx'), 'MePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    secondFactor,
    invitation,
    recovery,
    setup,
    verifyContact,
    answerOrder,
    answerAdvisory,
    publicAdvisories,
    publicAdvisory,
    checkDocument,
    checkCode,
    shell.addChildren([
      overview,
      alerts,
      alert,
      events,
      incidents,
      newIncident,
      incident,
      orders,
      newOrder,
      order,
      ...advisoryRoutes,
      efforts,
      effort,
      stations,
      setUpSource,
      station,
      systems,
      newSystem,
      system,
      editSystem,
      ...ruleRoutes,
      organisations,
      organisation,
      ...formRoutes,
      ...incidentReportRoutes,
      ...taskRoutes,
      ...playbookRoutes,
      deadlines,
      ...shiftRoutes,
      approvals,
      approval,
      admin,
      journalEntry,
      regulation,
      notifications,
      mail,
      me,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingPage,
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
