import type { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { findingOf } from '@haidang/detection/correlation/correlation-finding'
import { Correlator, type CorrelatorCounts } from '@haidang/detection/correlation/correlator'
import type { Observation } from '@haidang/detection/correlation/observation'
import type { Finding } from '@haidang/detection/subject'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { KeptMemory, MemoryStep } from '../keep/memory-store.ts'
import { type PlannedRules, readMemory, writeMemory } from './correlation-memory.ts'
import type { Examined, FiredRules } from './examine-chunk.ts'
import { alertsOf, type Found, faultless } from './observed.ts'
import { packed, unpacked, unpackedJson } from './packed.ts'
import type { RangeWatch, Watched } from './range-watch.ts'

export interface CorrelationWatchParts {
  readonly parameters: CorrelationParameters
  readonly clock: Clock
  readonly log: Log
  readonly nodeId: string
  /** Observations between two snapshots. */
  readonly snapshotEvery?: number
}

type Lost = Pick<CorrelatorCounts, 'evicted' | 'late' | 'undated' | 'truncated' | 'silenced'>

interface InForce extends PlannedRules {
  readonly correlator: Correlator
  readonly observe: (observation: Observation) => readonly Finding[]
}

const defaultEvery = 100_000
const nothingLost: Lost = { evicted: 0, late: 0, undated: 0, truncated: 0, silenced: 0 }

/**
 * Correlations of rules on the line. Observations speak of one version of the rule set, so a snapshot holds the
 * rules it was made with: what was kept can be observed again whatever rules are in force by then. Where
 * observations of another version come, what correlations that mean the same remember is taken over, and the
 * range ends with a snapshot. While rules change, chunks of both versions may alternate within a range: what did
 * not change goes on as if nothing had happened, what is new begins with the last turn.
 */
export class CorrelationWatch implements RangeWatch {
  readonly name = 'correlation'
  readonly #parts: CorrelationWatchParts
  readonly #every: number
  #inForce: InForce | undefined
  /** What correlators before this one lost. */
  #before = nothingLost
  #sinceSnapshot = 0
  #turned = false

  constructor(parts: CorrelationWatchParts) {
    this.#parts = parts
    this.#every = parts.snapshotEvery ?? defaultEvery
  }

  /** What is held now, and what was let go since the start. */
  get counts(): CorrelatorCounts {
    const now = this.#inForce?.correlator.counts
    return { groups: now?.groups ?? 0, bytes: now?.bytes ?? 0, ...together(this.#before, now) }
  }

  async resume({ snapshot, ranges }: KeptMemory): Promise<void> {
    if (snapshot === undefined) return
    try {
      const { version, plan, snapshot: remembered } = readMemory(await unpacked(snapshot))
      const next = this.#made({ version, plan })
      next.correlator.restore(remembered)
      this.#inForce = next
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      const lost = { cause, ranges: ranges.length }
      this.#parts.log.warn(lost, 'correlations start anew: their memory cannot be read')
      return
    }
    for (const range of ranges) {
      const observations = await unpackedJson<Observation[]>(range)
      for (const observation of observations) this.#inForce.observe(observation)
      this.#sinceSnapshot += observations.length
    }
  }

  async watch({ fired, rows }: Examined): Promise<Watched> {
    const found: Found[] = []
    const observations: Observation[] = []
    for (const rules of fired) {
      const now = this.#turnTo(rules)
      for (const observed of now === undefined ? [] : rules.observed) {
        observations.push(observed.observation)
        const findings = now?.observe(observed.observation) ?? []
        found.push(...findings.map((finding) => ({ observed, finding })))
      }
    }
    const { nodeId, clock } = this.#parts
    const step = await this.#step(observations)
    return { alerts: alertsOf(found, rows, nodeId, clock.iso()), step }
  }

  #turnTo({ version, plan }: FiredRules): InForce | undefined {
    const now = this.#inForce
    if (now?.version === version) return now
    if (plan === undefined) {
      this.#parts.log.error({ version }, 'correlations of an unknown rule set were left out')
      return undefined
    }
    const next = this.#made({ version, plan })
    if (now !== undefined) {
      this.#before = together(this.#before, now.correlator.counts)
      next.correlator.carryOver(now.correlator)
    }
    this.#inForce = next
    this.#turned = true
    return next
  }

  #made(rules: PlannedRules): InForce {
    const { lateness_seconds, silence, bytes, groups } = this.#parts.parameters
    const lateness = lateness_seconds * 1_000
    const bounds = { lateness, silence, mostBytes: bytes, mostGroups: groups }
    const correlator = new Correlator(rules.plan, bounds)
    const observe = faultless(this.name, this.#parts.log, (observation: Observation) =>
      correlator.observe(observation).map(findingOf),
    )
    return { ...rules, correlator, observe }
  }

  async #step(observations: readonly Observation[]): Promise<MemoryStep | undefined> {
    const now = this.#inForce
    if (observations.length === 0 || now === undefined) return undefined
    this.#sinceSnapshot += observations.length
    if (!this.#turned && this.#sinceSnapshot < this.#every) {
      return { kind: 'observations', body: await packed(JSON.stringify(observations)) }
    }
    this.#turned = false
    this.#sinceSnapshot = 0
    const { version, plan, correlator } = now
    const memory = await writeMemory({ version, plan }, correlator.snapshot())
    this.#parts.log.debug({ bytes: memory.length }, 'memory of correlations written')
    return { kind: 'snapshot', body: await packed(memory) }
  }
}

function together(one: Lost, other: Lost = nothingLost): Lost {
  return {
    evicted: one.evicted + other.evicted,
    late: one.late + other.late,
    undated: one.undated + other.undated,
    truncated: one.truncated + other.truncated,
    silenced: one.silenced + other.silenced,
  }
}
