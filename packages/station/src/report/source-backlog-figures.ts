import type { Clock } from '@haidang/runtime/clock'
import type { GaugeMetric, Metrics } from '@haidang/runtime/metrics'
import type { Intake } from '../collect/intake.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { backlogOf } from './backlog.ts'

/** Sources with figures of their own: a label must not take too many values. */
const most = 200

/** What waits of each source, for Prometheus: names are the owner's own, never a sender's. */
export class SourceBacklogFigures {
  readonly #clock: Clock
  readonly #bytes: GaugeMetric
  readonly #age: GaugeMetric
  readonly #held: GaugeMetric
  #shown = new Set<string>()

  constructor(metrics: Metrics, clock: Clock) {
    this.#clock = clock
    this.#bytes = metrics.gauge('source_backlog_bytes', 'Bytes that wait, by source', ['source'])
    this.#age = metrics.gauge(
      'source_backlog_age_seconds',
      'Age of the oldest record that waits, by source',
      ['source'],
    )
    this.#held = metrics.gauge('source_held_back', '1: the source may bring nothing more now', [
      'source',
    ])
  }

  /** The first 200 sources; one that is gone is shown with nothing. */
  show(sources: readonly SourceRow[], intake: Intake): void {
    const now = this.#clock.now()
    const shown = new Set<string>()
    for (const { id, name } of sources.slice(0, most)) {
      const { bytes, oldest_seconds, held_back } = backlogOf(intake, id, now)
      shown.add(name)
      this.#show(name, bytes, oldest_seconds, held_back !== null)
    }
    for (const name of this.#shown) if (!shown.has(name)) this.#show(name, 0, 0, false)
    this.#shown = shown
  }

  #show(source: string, bytes: number, age: number, isHeld: boolean): void {
    this.#bytes.set(bytes, { source })
    this.#age.set(age, { source })
    this.#held.set(isHeld ? 1 : 0, { source })
  }
}
