import type { Source } from '@haidang/contracts/source'
import type { ParentLink, StationState } from '@haidang/contracts/station'
import type { Tone } from '../../components/pill.tsx'

/** Silent: no heartbeat; quiet: heartbeat but no data. Two different troubles, two colours. */
export const stationTones: Record<StationState, Tone> = {
  pending: 'accent',
  rejected: 'neutral',
  connected: 'good',
  quiet: 'medium',
  silent: 'critical',
  revoked: 'neutral',
}

const sourceTones: Record<Source['state'], Tone> = {
  active: 'good',
  reduced: 'medium',
  quiet: 'high',
  flood: 'medium',
  failed: 'critical',
  paused: 'neutral',
}

/** The tone of a source; one that never sent is no trouble, and a state of a newer station has none. */
export function toneOf({
  state,
  cause,
}: {
  state: string
  cause?: string | null | undefined
}): Tone {
  if (cause === 'never-sent') return 'neutral'
  return state in sourceTones ? sourceTones[state as Source['state']] : 'neutral'
}

export const parentTones: Record<ParentLink['state'], Tone> = {
  none: 'neutral',
  pending: 'accent',
  connected: 'good',
  cut: 'critical',
  rejected: 'critical',
  revoked: 'critical',
  rekey: 'high',
}
