import type { AdvisoryAddressee, AdvisoryStep, Assessment } from '@haidang/contracts/advisory'
import type { Tone } from '../../components/pill.tsx'

const tones: Readonly<Record<Assessment, Tone>> = {
  affected: 'high',
  need_help: 'critical',
  not_affected: 'good',
  mitigated: 'good',
  patched: 'good',
}

/** The colour of an answer: good is only what leaves nothing to do. */
export function answerTone({
  step,
  assessment,
}: Pick<AdvisoryAddressee, 'step' | 'assessment'>): Tone {
  if (step === 'returned' || step === 'verified' || assessment === null) return stepTone(step)
  return tones[assessment]
}

/** The colour of a step by itself. */
export function stepTone(step: AdvisoryStep): Tone {
  if (step === 'returned') return 'high'
  return step === 'verified' ? 'good' : 'accent'
}
