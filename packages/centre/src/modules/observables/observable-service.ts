import type {
  ExtractedObservable,
  IncidentObservable,
  ObservableChange,
  ObservableDraft,
  SeenElsewhere,
} from '@haidang/contracts/incident-observable'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { observableColumns } from '../../sheets/observable-sheet.ts'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import { isOwnRow } from '../../signed-in.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import { extractObservables, readObservable } from './observable.ts'
import type { ObservableFacts, ObservableStore } from './observable-store.ts'
import type { ObservableRow } from './observable-tables.ts'

export interface ObservableParts {
  readonly database: Database
  readonly store: ObservableStore
  readonly incidents: Pick<IncidentService, 'require' | 'requireHeld' | 'requireStanding'>
  /** What incidents are called, for as many of these as the scope shows. */
  readonly named: (
    tx: Tx,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Omit<SeenElsewhere, 'last_seen_at'>>>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

type Incident = Awaited<ReturnType<IncidentService['require']>>
type Read = ObservableDraft & ExtractedObservable

/** As many as one incident may have, and as are found in one text. */
const mostObservables = 20_000
const mostExtracted = 500
const rowsAtOnce = 500

/** Addresses, names and hashes that were seen in incidents, and where else they were. */
export class ObservableService {
  readonly #parts: ObservableParts

  constructor(parts: ObservableParts) {
    this.#parts = parts
  }

  /** Throws Problem incident.not-found. */
  list(caller: Caller, incidentId: string, query: PageQuery): Promise<Page<IncidentObservable>> {
    const { database, store, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await incidents.require(tx, incidentId)
      const { items, next } = await store.list(tx, incidentId, query)
      return { items: await this.#shown(tx, caller, items), next }
    })
  }

  /** The same as a sheet. Throws Problem incident.not-found. */
  async sheet(
    caller: Caller,
    incidentId: string,
    { format, filter }: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    const read = (cursor: string | undefined) =>
      this.list(caller, incidentId, { limit: rowsAtOnce, cursor, filter })
    return writeSheet(await sheetRows(observableColumns, caller.language, read), format)
  }

  /** Throws Problem observable.not-found. */
  elsewhere(caller: Caller, id: string, query: PageQuery): Promise<Page<SeenElsewhere>> {
    const { database, store, named } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.others(tx, await this.#require(tx, id), query)
      const incidents = await named(
        tx,
        items.map(({ incident_id }) => incident_id),
      )
      return {
        next,
        items: items.flatMap(({ incident_id, last_seen_at }) => {
          const about = incidents.get(incident_id)
          return about ? [{ ...about, last_seen_at }] : []
        }),
      }
    })
  }

  /** What stands in a text; nothing is kept. */
  extract(text: string): { items: ExtractedObservable[]; more: boolean } {
    const items = extractObservables(text, mostExtracted + 1)
    return { items: items.slice(0, mostExtracted), more: items.length > mostExtracted }
  }

  /**
   * Adds what was seen; what stands there already is seen once more. Throws Problem incident.not-found,
   * request.invalid (a line that is none of these), observable.too-many.
   */
  async add(
    caller: Caller,
    incidentId: string,
    drafts: readonly ObservableDraft[],
  ): Promise<{ added: number; seen_again: number }> {
    const { database, store, incidents, clock } = this.#parts
    const values = readAll(drafts, clock.iso())
    return database.transact(caller.scope, async (tx) => {
      const incident = await incidents.requireHeld(tx, incidentId)
      const known = await store.lockKnown(tx, incidentId, values)
      const before = new Map(known.map((row) => [keyOf(row), row]))
      const fresh = values.filter((one) => !before.has(keyOf(one)))
      if ((await store.count(tx, incidentId)) + fresh.length > mostObservables) {
        throw new Problem('observable.too-many')
      }
      for (const one of values) {
        const row = before.get(keyOf(one))
        if (row) await store.replace(tx, seenAgain(row, one, clock.iso()))
      }
      await store.add(
        tx,
        fresh.map((one) => this.#fresh(caller, incident, one)),
      )
      await this.#record(tx, caller, incident, 'incident.observables-added', {
        after: {
          added: fresh.map(({ value }) => value),
          seen_again: [...before.values()].map(({ value }) => value),
        },
      })
      return { added: fresh.length, seen_again: before.size }
    })
  }

  /** Throws Problem observable.not-found, incident.not-found, incident.changed-meanwhile. */
  change(caller: Caller, id: string, change: ObservableChange): Promise<IncidentObservable> {
    const { version, tags, note, indicator } = change
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { incident, row } = await this.#hold(tx, id)
      if (version !== undefined && version !== row.version) {
        throw new Problem('incident.changed-meanwhile', `it is at version ${row.version}`)
      }
      const after = await this.#parts.store.replace(tx, {
        ...row,
        tags: tags ? [...new Set(tags)] : row.tags,
        note: note ?? row.note,
        indicator: indicator ?? row.indicator,
      })
      await this.#record(tx, caller, incident, 'incident.observable-changed', {
        before: shownInJournal(row),
        after: shownInJournal(after),
      })
      const [shown] = await this.#shown(tx, caller, [after])
      if (!shown) throw new Problem('observable.not-found')
      return shown
    })
  }

  /** Throws Problem observable.not-found, incident.not-found. */
  remove(caller: Caller, id: string): Promise<void> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { incident, row } = await this.#hold(tx, id)
      await this.#parts.store.remove(tx, id)
      await this.#record(tx, caller, incident, 'incident.observable-removed', {
        before: shownInJournal(row),
      })
    })
  }

  async #require(tx: Tx, id: string): Promise<ObservableRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('observable.not-found')
    return row
  }

  /** With its incident and what stands for that locked, for who handles them: being told is not enough. */
  async #hold(tx: Tx, id: string): Promise<{ incident: Incident; row: ObservableRow }> {
    const { incident_id } = await this.#require(tx, id)
    const incident = await this.#parts.incidents.requireStanding(tx, incident_id, false)
    return { incident, row: await this.#require(tx, id) }
  }

  #fresh({ scope }: Caller, incident: Incident, one: Read): ObservableFacts {
    const { clock, newId } = this.#parts
    const seen_at = seenAt(one, clock.iso())
    return {
      id: newId('incidentObservable'),
      incident_id: incident.id,
      organisation_id: incident.organisation_id,
      kind: one.kind,
      value: one.value,
      tags: [...new Set(one.tags)],
      note: one.note,
      indicator: one.indicator,
      first_seen_at: seen_at,
      last_seen_at: seen_at,
      sightings: 1,
      added_by_name: scope.actor.name,
      added_at: clock.iso(),
      version: 1,
    }
  }

  async #shown(
    tx: Tx,
    caller: Caller,
    rows: readonly ObservableRow[],
  ): Promise<IncidentObservable[]> {
    const ids = rows.map(({ id }) => id)
    const elsewhere = await this.#parts.store.elsewhere(tx, ids)
    // Who is told of an incident of others is not told who works on it.
    return rows.map((row) => {
      const { folded: _, organisation_id: __, ...facts } = row
      const added_by_name = isOwnRow(caller, row) ? row.added_by_name : ''
      return { ...facts, added_by_name, elsewhere: elsewhere.get(row.id) ?? 0 }
    })
  }

  async #record(
    tx: Tx,
    { scope }: Caller,
    { id, organisation_id, tlp_rank }: Incident,
    type: EntryType,
    entry: Partial<Pick<EntryDraft, 'before' | 'after'>>,
  ): Promise<void> {
    const { actor } = scope
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      tlp_rank,
      actor,
      authority: 'incident.handle',
      subject: id,
      ...entry,
    })
  }
}

/** Each value once. Throws Problem request.invalid with every line that is none. */
function readAll(drafts: readonly ObservableDraft[], now: string): Read[] {
  const found = new Map<string, Read>()
  const errors: { field: string; cause: string; remedy: string }[] = []
  for (const [place, draft] of drafts.entries()) {
    const read = readObservable(draft.value)
    const field = `items.${place}`
    if (!read) {
      const cause = `${draft.value.slice(0, 100)}: no address, name, URL, hash or mailbox`
      errors.push({ field: `${field}.value`, cause, remedy: 'one value a line' })
    } else if (seenAt(draft, now) > now) {
      errors.push({ field: `${field}.seen_at`, cause: 'after now', remedy: 'when it was seen' })
    } else found.set(keyOf(read), { ...draft, ...read })
  }
  if (errors.length > 0) throw new Problem('request.invalid', errors[0]?.cause, errors)
  return [...found.values()]
}

function seenAgain(row: ObservableRow, one: Read, now: string): ObservableFacts {
  const at = seenAt(one, now)
  return {
    ...row,
    tags: [...new Set([...row.tags, ...one.tags])],
    note: one.note || row.note,
    first_seen_at: at < row.first_seen_at ? at : row.first_seen_at,
    last_seen_at: at > row.last_seen_at ? at : row.last_seen_at,
    sightings: row.sightings + 1,
  }
}

function seenAt({ seen_at }: Pick<ObservableDraft, 'seen_at'>, now: string): string {
  return seen_at === undefined ? now : isoOf(millisecondsOf(seen_at))
}

function keyOf({ kind, value }: ExtractedObservable): string {
  return `${kind} ${value}`
}

function shownInJournal({ value, tags, note, indicator }: ObservableFacts) {
  return { value, tags, note, indicator }
}
