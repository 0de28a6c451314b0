import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from './front-routes.tsx'

export const journalEntry = createRoute({
  getParentRoute: () => shell,
  path: '/journal/$id',
  component: lazyRouteComponent(
    () => import('./pages/admin/journal-entry-page.tsx'),
    'JournalEntryPage',
  ),
})
