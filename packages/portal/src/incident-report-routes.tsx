import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'
import { incidentReportSearch } from './search.ts'

const behind = () => shell

const incidentReports = createRoute({
  getParentRoute: behind,
  path: '/incident-reports',
  validateSearch: incidentReportSearch,
  component: lazyRouteComponent(
    () => import('./pages/incident-reports/incident-reports-page.tsx'),
    'IncidentReportsPage',
  ),
})

const incidentReport = createRoute({
  getParentRoute: behind,
  path: '/incident-reports/$id',
  component: lazyRouteComponent(
    () => import('./pages/incident-reports/report-page.tsx'),
    'ReportPage',
  ),
})

/** Pages of reports of incidents. */
export const incidentReportRoutes = [incidentReports, incidentReport] as const
