import type { LibraryRuleStatus } from '@haidang/contracts/rule-library'
import type { DriftState } from '@haidang/contracts/rule-set'
import type { Tone } from '../../components/pill.tsx'

export const ruleStatusTones: Record<LibraryRuleStatus, Tone> = {
  draft: 'neutral',
  in_review: 'medium',
  approved: 'accent',
  published: 'good',
  withdrawn: 'neutral',
}

export const driftTones: Record<DriftState, Tone> = {
  none: 'neutral',
  sent: 'medium',
  in_force: 'good',
  refused: 'critical',
  drifted: 'high',
}

/** Fields the filter of the library knows. */
export const libraryFields = [
  'title',
  'text',
  'status',
  'severity',
  'tag',
  'author',
  'author_id',
  'path',
  'product',
  'category',
  'service',
  'sigma_id',
  'updated_at',
  'id',
] as const

/** Days the figures of a rule are counted over. */
export const statisticsDays = 7
