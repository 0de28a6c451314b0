import type { CounterMetric, GaugeMetric, HistogramMetric, Metrics } from '@haidang/runtime/metrics'
import type { SpoolSize } from '@haidang/runtime/spool/spool'
import type { Examined } from '../detect/examine-chunk.ts'

/** The figures of the line for Prometheus: sums over all sources, whose own figures stand in the API. */
export class LineFigures {
  readonly #events: CounterMetric
  readonly #rejects: CounterMetric
  readonly #alerts: CounterMetric
  readonly #drops: CounterMetric
  readonly #records: GaugeMetric
  readonly #bytes: GaugeMetric
  readonly #delay: HistogramMetric

  constructor(metrics: Metrics) {
    this.#events = metrics.counter('line_events_total', 'Records kept as events')
    this.#rejects = metrics.counter('line_rejects_total', 'Records that could not be parsed')
    this.#alerts = metrics.counter('line_alerts_total', 'Alerts raised by this node')
    this.#drops = metrics.counter('line_dropped_total', 'Records lost before the spool')
    this.#records = metrics.gauge('spool_records', 'Records waiting in the spool')
    this.#bytes = metrics.gauge('spool_bytes', 'Bytes waiting in the spool')
    this.#delay = metrics.histogram(
      'line_delay_seconds',
      'From receipt of a record to its event being kept',
    )
  }

  /** Times are milliseconds since the epoch. */
  kept(
    { events, rejects, alerts }: Pick<Examined, 'events' | 'rejects'> & { readonly alerts: number },
    receivedAt: number | undefined,
    now: number,
  ): void {
    this.#events.add(events)
    this.#rejects.add(rejects.length)
    this.#alerts.add(alerts)
    if (receivedAt !== undefined) this.#delay.observe(Math.max(0, now - receivedAt) / 1000)
  }

  dropped(drops: ReadonlyMap<string, number>): void {
    for (const count of drops.values()) this.#drops.add(count)
  }

  queue({ records, bytes }: SpoolSize): void {
    this.#records.set(records)
    this.#bytes.set(bytes)
  }
}
