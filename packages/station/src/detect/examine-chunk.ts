import type { Alert } from '@haidang/contracts/alert'
import { eventRow } from '@haidang/contracts/event-row'
import { TextWriter } from '@haidang/contracts/text-writer'
import { AlertWriter, type WrittenAlert } from '@haidang/contracts/written-alert'
import { alertOf } from '@haidang/detection/alert'
import { type Observation, observationOf } from '@haidang/detection/behaviour/observation'
import type { CorrelationPlan } from '@haidang/detection/correlation/correlation-plan'
import type { Observation as RuleObservation } from '@haidang/detection/correlation/observation'
import type { Detector } from '@haidang/detection/detector'
import type { RuleCosts } from '@haidang/detection/match/rule-meter'
import { derivedId } from '@haidang/runtime/ids'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { readOrigin } from '../collect/origin.ts'
import type { Enricher } from '../enrich/enricher.ts'
import { judged } from '../enrich/known-good-findings.ts'
import type { LeaseChange } from '../enrich/lease-table.ts'
import type { LineContext, Normalised, RejectDraft, SourceTally } from '../line.ts'
import { toEvent } from '../normalise/to-event.ts'
import type { Observed } from './observed.ts'

/** What correlations are to observe, of events examined with one rule set. */
export interface FiredRules {
  /** Of the rule set. */
  readonly version: string
  /** Its correlations; threads leave them out, the examiner puts them in. */
  readonly plan?: CorrelationPlan | undefined
  /** In the order of the records. */
  readonly observed: readonly Observed<RuleObservation>[]
}

/** What came of a chunk of records, ready to be kept. */
export interface Examined {
  /** JSONEachRow lines for the event store. */
  readonly rows: Uint8Array<ArrayBuffer>
  readonly events: number
  /** Their texts lie in one buffer for each chunk. */
  readonly alerts: readonly WrittenAlert[]
  /** What behaviour detection is to observe, in the order of the records. */
  readonly observations: readonly Observed<Observation>[]
  readonly fired: readonly FiredRules[]
  /** Addresses given or given back, in the order of the records. */
  readonly leases: readonly LeaseChange[]
  /** What rules took on the records that were timed. */
  readonly costs: readonly RuleCosts[]
  readonly rejects: readonly RejectDraft[]
  /** By source id. */
  readonly perSource: Readonly<Record<string, SourceTally>>
}

/** One chunk at a time is examined in a thread. */
const rows = new TextWriter()
const alerts = new AlertWriter()

/**
 * Makes events and alerts of records, in their order: every record is in exactly one of `events` or
 * `rejects`. `detectedAt` is RFC 3339. A record on which our own code fails is a reject, too.
 */
export function examineChunk(
  records: readonly SpoolRecord[],
  context: LineContext,
  detector: Detector,
  detectedAt: string,
  enricher?: Enricher,
): Examined {
  const found = new Found()
  for (const record of records) {
    found.add(record, examineRecord(record, context, detector, detectedAt, enricher))
  }
  return found.all(detector)
}

/** What is found in a chunk, record by record. */
class Found {
  readonly #leases: LeaseChange[] = []
  readonly #observations: Observed<Observation>[] = []
  readonly #fired: Observed<RuleObservation>[] = []
  readonly #rejects: RejectDraft[] = []
  readonly #tallies = new Map<string, SourceTally>()
  #events = 0

  constructor() {
    // A chunk before may have ended in the middle.
    rows.clear()
    alerts.clear()
  }

  add(record: SpoolRecord, outcome: Outcome | Refused): void {
    const { sourceId } = readOrigin(record.origin)
    const isEvent = 'row' in outcome
    if (isEvent) this.#addEvent(record, outcome)
    else this.#rejects.push(rejectOf(record, sourceId, outcome))
    this.#tallies.set(sourceId, counted(this.#tallies.get(sourceId), isEvent, record.receivedAt))
  }

  all(detector: Detector): Examined {
    const observed = this.#fired
    return {
      rows: rows.take(),
      events: this.#events,
      alerts: alerts.take(),
      observations: this.#observations,
      fired: observed.length === 0 ? [] : [{ version: detector.version, observed }],
      leases: this.#leases,
      costs: [detector.takeCosts() ?? []].flat(),
      rejects: this.#rejects,
      perSource: Object.fromEntries(this.#tallies),
    }
  }

  #addEvent({ position, receivedAt }: SpoolRecord, outcome: Outcome): void {
    const at = { row: this.#events, position, receivedAt }
    const { behaviour } = outcome
    if (behaviour) this.#observations.push({ ...at, observation: behaviour })
    this.#leases.push(...outcome.leases)
    for (const observation of outcome.fired) this.#fired.push({ ...at, observation })
    rows.write(this.#events === 0 ? outcome.row : `\n${outcome.row}`)
    for (const alert of outcome.alerts) alerts.write(alert)
    this.#events++
  }
}

interface Outcome {
  readonly row: string
  readonly alerts: readonly Alert[]
  readonly behaviour: Observation | undefined
  readonly fired: readonly RuleObservation[]
  readonly leases: readonly LeaseChange[]
}

type Refused = Omit<Extract<Normalised, { ok: false }>, 'ok'>

function examineRecord(
  record: SpoolRecord,
  context: LineContext,
  detector: Detector,
  detectedAt: string,
  enricher: Enricher | undefined,
): Outcome | Refused {
  try {
    const read = toEvent(record, context)
    if (!read.ok) return read
    const event = enricher === undefined ? read.event : enricher.enrich(read.event)
    const subject = { event, record: read.record }
    const { segment, offset } = record.position
    const alerts = judged(detector.examine(subject), event, enricher?.lowersKnownGood === true).map(
      (finding) =>
        alertOf(finding, subject, detectedAt, (ruleId) =>
          derivedId('alert', record.receivedAt, context.node_id, segment, offset, ruleId),
        ),
    )
    const { observations: fired } = detector
    const leases = enricher?.leasesOf(event) ?? []
    return { row: eventRow(event), alerts, behaviour: observationOf(event), fired, leases }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { reason: 'record.failed', detail: detail.slice(0, 500), format: '' }
  }
}

/** The reject a record becomes. */
export function rejectOf(record: SpoolRecord, sourceId: string, refused: Refused): RejectDraft {
  const { position, receivedAt, origin, body } = record
  const { format, reason, detail } = refused
  return {
    source_id: sourceId,
    position,
    received_at: receivedAt,
    origin,
    format,
    reason,
    detail,
    body: new Uint8Array(body),
  }
}

function counted(tally: SourceTally | undefined, parsed: boolean, receivedAt: number): SourceTally {
  return {
    parsed: (tally?.parsed ?? 0) + (parsed ? 1 : 0),
    rejected: (tally?.rejected ?? 0) + (parsed ? 0 : 1),
    lastTime: Math.max(tally?.lastTime ?? 0, receivedAt),
  }
}

/** Joins what came of chunks, in their order. */
export function joinExamined(parts: readonly Examined[]): Examined {
  const tallies = new Map<string, SourceTally>()
  for (const { perSource } of parts) {
    for (const [id, tally] of Object.entries(perSource)) {
      const sum = tallies.get(id)
      tallies.set(id, {
        parsed: (sum?.parsed ?? 0) + tally.parsed,
        rejected: (sum?.rejected ?? 0) + tally.rejected,
        lastTime: Math.max(sum?.lastTime ?? 0, tally.lastTime),
      })
    }
  }
  const placed = placedRows(parts)
  return {
    rows: joinedRows(parts.map(({ rows }) => rows).filter((rows) => rows.length > 0)),
    events: parts.reduce((sum, { events }) => sum + events, 0),
    alerts: parts.flatMap(({ alerts }) => alerts),
    observations: placed.flatMap(({ part, first }) => moved(part.observations, first)),
    fired: placed.flatMap(({ part, first }) =>
      part.fired.map((rules) => ({ ...rules, observed: moved(rules.observed, first) })),
    ),
    leases: parts.flatMap(({ leases }) => leases),
    costs: parts.flatMap(({ costs }) => costs),
    rejects: parts.flatMap(({ rejects }) => rejects),
    perSource: Object.fromEntries(tallies),
  }
}

/** Parts with the first row of each in the whole: they follow one another. */
function placedRows(parts: readonly Examined[]): { part: Examined; first: number }[] {
  let first = 0
  return parts.map((part) => {
    const placed = { part, first }
    first += part.events
    return placed
  })
}

function moved<O>(observed: readonly Observed<O>[], first: number): readonly Observed<O>[] {
  return first === 0 ? observed : observed.map((each) => ({ ...each, row: each.row + first }))
}

function joinedRows(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const size = parts.reduce((sum, part) => sum + part.length + 1, 0)
  const joined = new Uint8Array(Math.max(size - 1, 0))
  let at = 0
  for (const part of parts) {
    if (at > 0) joined[at - 1] = 10
    joined.set(part, at)
    at += part.length + 1
  }
  return joined
}

/** A record that ended every thread it was given to, as a reject. */
export function poisonous(record: SpoolRecord, cause: string): Examined {
  const { sourceId } = readOrigin(record.origin)
  const refused = {
    reason: 'record.poisonous',
    detail: `examining it failed twice: ${cause}`,
    format: '',
  }
  return {
    rows: new Uint8Array(0),
    events: 0,
    alerts: [],
    observations: [],
    fired: [],
    leases: [],
    costs: [],
    rejects: [rejectOf(record, sourceId, refused)],
    perSource: { [sourceId]: { parsed: 0, rejected: 1, lastTime: record.receivedAt } },
  }
}
