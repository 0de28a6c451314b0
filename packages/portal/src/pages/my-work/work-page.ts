import type { WorkItem } from '@haidang/contracts/my-work'

/** Where something wanted is answered. */
export function pageOf({ kind, about_id }: Pick<WorkItem, 'kind' | 'about_id'>): string {
  if (kind === 'task') return `/tasks/${about_id}`
  if (kind === 'order') return `/orders/${about_id}`
  if (kind === 'advisory') return `/advisories/${about_id}`
  if (kind === 'effort') return `/efforts/${about_id}`
  if (kind === 'approval') return `/approvals/${about_id}`
  return about_id.startsWith('inc_') ? `/incidents/${about_id}` : `/incident-reports/${about_id}`
}
