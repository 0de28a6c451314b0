import type { IncidentState } from '@haidang/contracts/incident'
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Tone } from '../../components/pill.tsx'

export const incidentTones: Record<IncidentState, Tone> = {
  open: 'accent',
  verified: 'high',
  contained: 'medium',
  eradicated: 'low',
  recovered: 'good',
  closed: 'neutral',
  rejected: 'neutral',
}

/** The states an incident goes through, in order. */
export const incidentPath = [
  'open',
  'verified',
  'contained',
  'eradicated',
  'recovered',
  'closed',
] as const

/** The next act of each state: what the primary button says, and where it leads. */
export const nextStep: Partial<
  Record<IncidentState, { to: IncidentState; act: MessageDescriptor }>
> = {
  open: { to: 'verified', act: msg`Xác minh sự cố` },
  verified: { to: 'contained', act: msg`Xác nhận đã ngăn chặn` },
  contained: { to: 'eradicated', act: msg`Xác nhận đã gỡ bỏ` },
  eradicated: { to: 'recovered', act: msg`Xác nhận đã khôi phục` },
  recovered: { to: 'closed', act: msg`Đóng sự cố` },
}

export const incidentFields = [
  'number',
  'title',
  'text',
  'kind',
  'type',
  'rsit',
  'cause',
  'impact',
  'grade',
  'severity',
  'state',
  'merged',
  'taking_part',
  'organisation_id',
  'assignee_id',
  'detected_at',
  'opened_at',
  'updated_at',
  'tlp',
  'simulated',
  'exercise',
  'id',
] as const
