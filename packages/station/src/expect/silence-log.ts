import { millisecondsOf } from '@haidang/contracts/instant'
import type { Silence } from '@haidang/contracts/silence'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { CounterMetric, Metrics } from '@haidang/runtime/metrics'
import type { SourceRow } from '../keep/station-tables.ts'
import type { Cause } from './cause.ts'
import { beginningOf, endOf, type SourceFacts } from './condition.ts'
import { type HourOfWeek, hour } from './hour-of-week.ts'
import { usualBetween } from './judge.ts'
import type { Rhythm } from './rhythm.ts'
import type { SilenceRow } from './rhythm-tables.ts'
import type { SilenceStore } from './silence-store.ts'

export interface SilenceLogParts {
  readonly store: SilenceStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly metrics: Metrics
}

/** A silence that lasts, with how many records of its source were counted when `row` was last written. */
interface Lasting {
  readonly row: SilenceRow
  readonly counted: number
}

type What = Pick<SilenceRow, 'kind' | 'from' | 'to' | 'cause' | 'detail' | 'usual' | 'received'>

/** Writes down when sources did not send what they usually do: from, to, why, and what is missing. */
export class SilenceLog {
  readonly #parts: SilenceLogParts
  readonly #open = new Map<string, Lasting>()
  readonly #counter: CounterMetric

  constructor(parts: SilenceLogParts) {
    this.#parts = parts
    this.#counter = parts.metrics.counter(
      'source_silences_total',
      'Stretches in which a source did not send what it usually does',
      ['kind'],
    )
  }

  /** Takes up the silences that last; `recordsOf` says how many records of a source were counted so far. */
  async resume(tx: Tx, recordsOf: (sourceId: string) => number): Promise<void> {
    this.#open.clear()
    for (const row of await this.#parts.store.open(tx)) {
      this.#open.set(row.source_id, { row, counted: recordsOf(row.source_id) })
    }
  }

  /** The silence of a source that lasts. */
  of(sourceId: string): SilenceRow | undefined {
    return this.#open.get(sourceId)?.row
  }

  get sourceIds(): Iterable<string> {
    return this.#open.keys()
  }

  /** A source begins to lack something; answers the row. */
  async begin(tx: Tx, facts: SourceFacts, kind: Silence['kind'], why: Cause): Promise<SilenceRow> {
    const { source, pulse } = facts
    const from = beginningOf(kind, facts)
    const received = kind === 'reduced' ? pulse.hourBefore + pulse.thisHour : 0
    const row = this.#row(source, {
      kind,
      ...why,
      from: isoOf(from),
      to: null,
      usual: usualSince(facts, from),
      received: kind === 'flood' ? pulse.thisHour : received,
    })
    await this.#parts.store.add(tx, row)
    await this.#entry(tx, 'source.silent', row)
    this.#counter.add(1, { kind })
    this.#open.set(source.id, { row, counted: pulse.records })
    return row
  }

  /** It goes on: the figures and a cause that became known are written. */
  async goOn(tx: Tx, facts: SourceFacts, why: Cause): Promise<void> {
    const lasting = this.#open.get(facts.source.id)
    if (!lasting) return
    const known = why.cause === 'unknown' ? {} : why
    await this.#write(tx, lasting, facts, known, facts.now)
  }

  /** It ends. */
  async end(tx: Tx, facts: SourceFacts): Promise<void> {
    const lasting = this.#open.get(facts.source.id)
    if (!lasting) return
    const { kind, from } = lasting.row
    const end = Math.max(millisecondsOf(from), endOf(kind, millisecondsOf(from), facts))
    const row = await this.#write(tx, lasting, facts, { to: isoOf(end) }, end)
    await this.#entry(tx, 'source.returned', row)
    this.#open.delete(row.source_id)
  }

  /** Its source was removed. */
  async forget(tx: Tx, sourceId: string): Promise<void> {
    const row = this.of(sourceId)
    if (row) await this.#parts.store.change(tx, row.id, { to: this.#parts.clock.iso() })
    this.#open.delete(sourceId)
  }

  /** The station itself did not watch from one time to another (milliseconds since the epoch). */
  async stopped(
    tx: Tx,
    source: SourceRow,
    { rhythm, hourOfWeek }: { readonly rhythm: Rhythm; readonly hourOfWeek: HourOfWeek },
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<void> {
    const usual = Math.round(usualBetween(rhythm, from, to, hourOfWeek))
    if (usual === 0 || this.#open.has(source.id)) return
    const times = { from: isoOf(from), to: isoOf(to) }
    const why = { cause: 'station-stopped', detail: '' } as const
    const row = this.#row(source, { kind: 'stopped', ...times, ...why, usual, received: 0 })
    await this.#parts.store.add(tx, row)
    this.#counter.add(1, { kind: 'stopped' })
  }

  #row(source: SourceRow, what: What): SilenceRow {
    const { clock, newId } = this.#parts
    return {
      id: newId('silence'),
      organisation_id: source.organisation_id,
      source_id: source.id,
      source_name: source.name,
      noticed_at: clock.iso(),
      ...what,
    }
  }

  async #write(
    tx: Tx,
    { row, counted }: Lasting,
    facts: SourceFacts,
    more: Partial<SilenceRow>,
    end: number,
  ): Promise<SilenceRow> {
    const { records } = facts.pulse
    // The record that ends a silence is not one of it.
    const came = row.kind === 'quiet' ? 0 : Math.max(0, records - counted)
    const change = {
      usual: usualSince(facts, millisecondsOf(row.from), end),
      received: row.received + came,
      ...more,
    }
    await this.#parts.store.change(tx, row.id, change)
    const written = { ...row, ...change }
    this.#open.set(row.source_id, { row: written, counted: records })
    return written
  }

  async #entry(tx: Tx, type: 'source.silent' | 'source.returned', row: SilenceRow): Promise<void> {
    const { kind, from, to, cause, usual, received } = row
    // Who paused a source is in the journal already.
    if (kind === 'paused') return
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: row.organisation_id,
      actor: systemScope.actor,
      authority: 'source.rhythm',
      subject: row.source_id,
      related: [row.id],
      after: { name: row.source_name, kind, from, to, cause, usual, received },
    })
  }
}

/** Records usual since a time, as of a time. */
function usualSince(facts: SourceFacts, from: number, to = facts.now): number {
  const { rhythm, hourOfWeek } = facts
  // Hours not begun when a reduction was noticed count, those not over do not.
  return Math.round(usualBetween(rhythm, from, Math.max(from, to), hourOfWeek))
}

/** Milliseconds a silence is remembered after it began. */
export const silencesRemembered = 400 * 24 * hour
