import type { IncidentReportState } from '@haidang/contracts/incident-report'
import type { Tone } from '../../components/pill.tsx'

export const reportTones: Record<IncidentReportState, Tone> = {
  draft: 'neutral',
  received: 'high',
  acknowledged: 'accent',
  attached: 'good',
  near_miss: 'low',
  duplicate: 'neutral',
  rejected: 'neutral',
}

export const reportFields = [
  'state',
  'stage',
  'channel',
  'organisation_id',
  'incident_id',
  'received_at',
  'detected_at',
  'tlp',
]

export const reportViews = {
  open: 'state:received or state:acknowledged',
  decided: 'not (state:received or state:acknowledged or state:draft)',
  drafts: 'state:draft',
} as const
export type ReportView = keyof typeof reportViews
