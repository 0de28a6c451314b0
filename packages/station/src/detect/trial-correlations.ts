import { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { findingOf } from '@haidang/detection/correlation/correlation-finding'
import { Correlator } from '@haidang/detection/correlation/correlator'
import type { Examined } from './examine-chunk.ts'
import type { Found } from './observed.ts'

/** Longer than any range that is tried: records of a trial may come in any order. */
const lateness = 15 * 86_400_000

/** Carries out the correlations of rules on trial, over one batch after the other. */
export class TrialCorrelations {
  #correlator: Correlator | undefined

  /** What records of a batch complete; the rules are the same in every batch. */
  observe({ fired }: Pick<Examined, 'fired'>): Found[] {
    return fired.flatMap(({ plan, observed }) => {
      if (plan === undefined) return []
      this.#correlator ??= new Correlator(plan, trialOptions())
      const correlator = this.#correlator
      return observed.flatMap((each) =>
        correlator
          .observe(each.observation)
          .map((finding) => ({ observed: each, finding: findingOf(finding) })),
      )
    })
  }
}

/** As at a station that is set to nothing else. */
function trialOptions() {
  const { silence, bytes, groups } = CorrelationParameters.parse({})
  return { lateness, silence, mostBytes: bytes, mostGroups: groups }
}
