import type { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import type { Observation } from '@haidang/detection/behaviour/observation'
import type { Finding } from '@haidang/detection/subject'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { KeptMemory, MemoryStep } from '../keep/memory-store.ts'
import type { Examined } from './examine-chunk.ts'
import { alertsOf, faultless, type Observed } from './observed.ts'
import { packed, unpacked, unpackedJson } from './packed.ts'
import type { RangeWatch, Watched } from './range-watch.ts'

export interface BehaviourWatchParts {
  readonly detector: BehaviourDetector
  readonly clock: Clock
  readonly log: Log
  readonly nodeId: string
  /** Observations between two snapshots. */
  readonly snapshotEvery?: number
}

const defaultEvery = 100_000

/** Behaviour detection on the line. */
export class BehaviourWatch implements RangeWatch {
  readonly name = 'behaviour'
  readonly #parts: BehaviourWatchParts
  readonly #every: number
  readonly #observe: (observation: Observation) => readonly Finding[]
  #sinceSnapshot = 0

  constructor(parts: BehaviourWatchParts) {
    const { detector, log } = parts
    this.#parts = parts
    this.#every = parts.snapshotEvery ?? defaultEvery
    this.#observe = faultless(this.name, log, (observation) => detector.watch(observation))
  }

  async resume({ snapshot, ranges }: KeptMemory): Promise<void> {
    const { detector, log } = this.#parts
    if (snapshot && !detector.restore((await unpacked(snapshot)).toString('utf8'))) {
      log.warn({}, 'behaviour detection starts anew: its memory is of another version')
    }
    for (const range of ranges) {
      const observations = await unpackedJson<Observation[]>(range)
      for (const observation of observations) this.#observe(observation)
      this.#sinceSnapshot += observations.length
    }
  }

  async watch({ observations, rows }: Examined): Promise<Watched> {
    const found = observations.flatMap((observed) =>
      this.#observe(observed.observation).map((finding) => ({ observed, finding })),
    )
    this.#sinceSnapshot += observations.length
    const { nodeId, clock } = this.#parts
    const alerts = alertsOf(found, rows, nodeId, clock.iso())
    return { alerts, step: await this.#step(observations) }
  }

  async #step(observations: readonly Observed<Observation>[]): Promise<MemoryStep | undefined> {
    if (observations.length === 0) return undefined
    if (this.#sinceSnapshot < this.#every) {
      const text = JSON.stringify(observations.map(({ observation }) => observation))
      return { kind: 'observations', body: await packed(text) }
    }
    this.#sinceSnapshot = 0
    const text = this.#parts.detector.snapshot()
    this.#parts.log.debug({ bytes: text.length }, 'memory of behaviour detection written')
    return { kind: 'snapshot', body: await packed(text) }
  }
}
