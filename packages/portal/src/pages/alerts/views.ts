import type { ClusterState } from '@haidang/contracts/cluster'
import type { Tone } from '../../components/pill.tsx'
import type { alertViews } from '../../search.ts'

export type AlertView = (typeof alertViews)[number]

/** The views of alerts everybody has, as the filters they stand for. */
export function viewFilter(view: AlertView, personId: string): string {
  return {
    open: 'not state:closed',
    new: 'state:new',
    mine: `assignee_id:${personId} and not state:closed`,
    closed: 'state:closed',
  }[view]
}

/** What a filter over clusters may name. */
export const clusterFields = [
  'severity',
  'state',
  'entity',
  'title',
  'text',
  'detector',
  'rule_id',
  'organisation_id',
  'node_id',
  'assignee_id',
  'incident_id',
  'close_reason',
  'alert_count',
  'first_time',
  'last_time',
  'tlp',
  'simulated',
  'id',
] as const

export const clusterTones: Record<ClusterState, Tone> = {
  new: 'accent',
  acknowledged: 'low',
  snoozed: 'neutral',
  escalated: 'high',
  closed: 'neutral',
}
