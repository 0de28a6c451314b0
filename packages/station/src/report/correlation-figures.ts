import type { CorrelatorCounts } from '@haidang/detection/correlation/correlator'
import type { CounterMetric, GaugeMetric, Metrics } from '@haidang/runtime/metrics'

const losses = ['evicted', 'late', 'undated', 'truncated', 'silenced'] as const
const remindedFor = 3_600_000

/** What correlations hold and had to let go, for Prometheus and for the line's health. */
export class CorrelationFigures {
  readonly #groups: GaugeMetric
  readonly #bytes: GaugeMetric
  readonly #lost: CounterMetric
  #shown: CorrelatorCounts | undefined
  #shortSince = Number.NEGATIVE_INFINITY

  constructor(metrics: Metrics) {
    this.#groups = metrics.gauge('correlation_groups', 'Groups that correlations remember')
    this.#bytes = metrics.gauge('correlation_bytes', 'About the memory that correlations take')
    this.#lost = metrics.counter(
      'correlation_lost_total',
      'Groups evicted for want of room, events too late, undated or truncated, findings silenced',
      ['what'],
    )
  }

  /** Takes note of the counts since the start, at a time in milliseconds since the epoch. */
  show(counts: CorrelatorCounts, now: number): void {
    this.#groups.set(counts.groups)
    this.#bytes.set(counts.bytes)
    for (const what of losses) this.#lost.add(counts[what] - (this.#shown?.[what] ?? 0), { what })
    if (counts.evicted > (this.#shown?.evicted ?? 0)) this.#shortSince = now
    this.#shown = counts
  }

  /** Whether groups had to go for want of room in the last hour. */
  isShort(now: number): boolean {
    return now - this.#shortSince < remindedFor
  }

  get groups(): number {
    return this.#shown?.groups ?? 0
  }
}
