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

/** What the button says that leads to a state. */
export const stepWords: Record<IncidentState, MessageDescriptor> = {
  open: msg`Mở lại`,
  verified: msg`Xác minh sự cố`,
  contained: msg`Xác nhận đã ngăn chặn`,
  eradicated: msg`Xác nhận đã gỡ bỏ`,
  recovered: msg`Xác nhận đã khôi phục`,
  closed: msg`Đóng sự cố`,
  rejected: msg`Không phải sự cố`,
}

/** Whether nothing is left to do. */
export function isOver(state: IncidentState): boolean {
  return state === 'closed' || state === 'rejected'
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
