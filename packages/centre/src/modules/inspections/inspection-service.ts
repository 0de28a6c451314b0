import type {
  Checklist,
  Inspection,
  InspectionDraft,
  InspectionFacts,
} from '@haidang/contracts/inspection'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import type { EstateService } from '../estate/estate-service.ts'
import { openCount, openFindings, requireSound, unanswered } from './inspection.ts'
import type { InspectionStore, NamedInspection } from './inspection-store.ts'
import type { InspectionRow } from './inspection-tables.ts'

interface InspectionParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: InspectionStore
  readonly estate: EstateService
  readonly checklist: Checklist
}

interface Remedy {
  readonly finding: number
  readonly remedied_on: string
  readonly note: string
}

/** Facts are of the half year before the inspection, whatever its kind. */
const periodDays = 183
const day = 86_400_000

/** Inspections of stations: recorded as drafts, signed off, their findings remedied (1017 II.3.đ). */
export class InspectionService {
  readonly #parts: InspectionParts

  constructor(parts: InspectionParts) {
    this.#parts = parts
  }

  get checklist(): Checklist {
    return this.#parts.checklist
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<Inspection>> {
    const { database, store } = this.#parts
    return database.transact(scope, (tx) => store.list(tx, query))
  }

  /** Throws Problem inspection.not-found, also where the caller may not know of it. */
  get({ scope }: Caller, id: string): Promise<Inspection> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => found(await store.get(tx, id), id))
  }

  /** Records a draft with what the node knows itself. Throws Problem station.not-found, request.invalid. */
  async create({ scope }: Caller, stationId: string, draft: InspectionDraft): Promise<Inspection> {
    const { database, store, newId, clock, estate, checklist } = this.#parts
    this.#requireSound(draft)
    return database.transact(scope, async (tx) => {
      const { organisation_id } = await estate.station(tx, stationId)
      const now = clock.iso()
      const row: InspectionRow = {
        ...this.#written(draft),
        id: newId('inspection'),
        station_id: stationId,
        organisation_id,
        profile: checklist.profile,
        facts: await this.#facts(tx, stationId, draft.inspected_on),
        signed_by: null,
        signed_at: null,
        version: 1,
        created_at: now,
        updated_at: now,
      }
      await store.add(tx, row)
      await this.#journal(tx, scope, { type: 'inspection.recorded', after: row }, row)
      return found(await store.get(tx, row.id), row.id)
    })
  }

  /**
   * Writes a draft anew. Throws Problem inspection.not-found, inspection.signed, inspection.changed-meanwhile,
   * request.invalid.
   */
  async update(
    caller: Caller,
    id: string,
    { version, ...draft }: InspectionDraft & { readonly version: number },
  ): Promise<Inspection> {
    this.#requireSound(draft)
    return this.#change(caller, id, 'inspection.updated', async (tx, before) => {
      requireDraft(before, version)
      const facts = await this.#facts(tx, before.station_id, draft.inspected_on)
      return { ...this.#written(draft), facts, profile: this.#parts.checklist.profile }
    })
  }

  /**
   * Signs a draft off. Throws Problem inspection.not-found, inspection.signed, inspection.changed-meanwhile,
   * inspection.incomplete (with the items not answered).
   */
  sign(caller: Caller, id: string, version: number): Promise<Inspection> {
    const { checklist, clock } = this.#parts
    return this.#change(caller, id, 'inspection.signed', async (_tx, before) => {
      requireDraft(before, version)
      const left = unanswered(before.answers, checklist)
      if (left.length > 0) throw new Problem('inspection.incomplete', left.join(', '))
      return { signed_by: caller.scope.actor.name, signed_at: clock.iso() }
    })
  }

  /** Says that a finding was remedied. Throws Problem inspection.not-found, inspection.unsigned, request.invalid. */
  remedy(caller: Caller, id: string, { finding, remedied_on, note }: Remedy): Promise<Inspection> {
    return this.#change(caller, id, 'inspection.remedied', async (_tx, before) => {
      if (before.signed_at === null) throw new Problem('inspection.unsigned')
      const one = before.findings[finding]
      if (!one || one.remedied_on !== null) {
        throw new Problem('request.invalid', 'there is no such open finding', [
          {
            field: 'finding',
            cause: `no open finding ${finding}`,
            remedy: 'reload the inspection',
          },
        ])
      }
      if (remedied_on > this.#today || remedied_on < before.inspected_on) {
        throw new Problem('request.invalid', 'the day cannot be', [
          {
            field: 'remedied_on',
            cause: 'before the inspection or not yet',
            remedy: 'a day between',
          },
        ])
      }
      const findings = before.findings.with(finding, { ...one, remedied_on, remedy_note: note })
      return { findings, open_findings: openCount(findings) }
    })
  }

  #change(
    { scope }: Caller,
    id: string,
    type: EntryDraft['type'],
    change: (tx: Tx, before: InspectionRow) => Promise<Partial<InspectionRow>>,
  ): Promise<Inspection> {
    const { database, store, clock } = this.#parts
    return database.transact(scope, async (tx) => {
      const { station_name, ...before } = found(await store.lock(tx, id), id)
      const changed = await change(tx, before)
      const version = before.version + 1
      const after = { ...before, ...changed, version, updated_at: clock.iso() }
      await store.replace(tx, after)
      await this.#journal(tx, scope, { type, before, after }, after)
      return { ...after, station_name }
    })
  }

  #written(draft: InspectionDraft) {
    const findings = openFindings(draft.findings)
    return { ...draft, findings, open_findings: findings.length }
  }

  async #facts(tx: Tx, stationId: string, inspectedOn: string): Promise<InspectionFacts> {
    const { store, estate } = this.#parts
    const { software, sources, lacking_sources } = await estate.station(tx, stationId)
    const until = millisecondsOf(`${inspectedOn}T17:00:00.000Z`)
    const period_from = isoOf(until - periodDays * day)
    const missing = await store.missing(tx, stationId, period_from, isoOf(until))
    return { software, sources, lacking_sources, ...missing, period_from }
  }

  #requireSound(draft: InspectionDraft): void {
    requireSound(draft, this.#parts.checklist, this.#today)
  }

  get #today(): string {
    return vietnamDate(this.#parts.clock.now())
  }

  async #journal(
    tx: Tx,
    { actor }: Scope,
    entry: Pick<EntryDraft, 'type' | 'before' | 'after'>,
    { id, organisation_id, station_id }: InspectionRow,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      organisation_id,
      actor,
      authority: 'station.manage',
      subject: id,
      related: [station_id],
    })
  }
}

function found(row: NamedInspection | undefined, id: string): NamedInspection {
  if (!row) throw new Problem('inspection.not-found', id)
  return row
}

function requireDraft(row: InspectionRow, version: number): void {
  if (row.signed_at !== null) throw new Problem('inspection.signed')
  if (row.version !== version) throw new Problem('inspection.changed-meanwhile')
}
