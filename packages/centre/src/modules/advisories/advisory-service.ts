import type {
  Advisory,
  AdvisoryAddressee,
  AdvisoryEntry,
  AdvisoryLine,
  AdvisoryStep,
  AdvisoryVersion,
  RemediationCount,
} from '@haidang/contracts/advisory'
import type { AnswerProof } from '@haidang/contracts/answer-proof'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { advisoryColumns } from '../../sheets/advisory-sheet.ts'
import { sheetRows } from '../../sheets/sheet-rows.ts'
import type { AddresseeStore } from './addressee-store.ts'
import { type Answer, answered, gravestOf, isSilent } from './advisory.ts'
import type { AdvisoryStore } from './advisory-store.ts'
import type { AddresseeRow, AdvisoryRow } from './advisory-tables.ts'
import { type AdvisoryView, addresseeOf, versionOf } from './advisory-view.ts'

export interface AdvisoryParts {
  readonly database: Database
  readonly store: AdvisoryStore
  readonly ladders: AddresseeStore
  readonly view: AdvisoryView
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface VersionedAnswer extends Answer {
  readonly version: number
}

interface Judgement {
  readonly organisation_id: string
  readonly verdict: 'verified' | 'returned'
  readonly note: string
}

const linesAtOnce = 500

/** What was published: read, answered by addressees, judged and cancelled by the issuer. */
export class AdvisoryService {
  readonly #parts: AdvisoryParts

  constructor(parts: AdvisoryParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Advisory>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await view.many(tx, items, caller.organisation_id), next }
    })
  }

  /** Throws Problem advisory.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Advisory> {
    return this.#about(caller, id, (tx, row) =>
      this.#parts.view.one(tx, row, caller.organisation_id),
    )
  }

  /** Throws Problem advisory.not-found. */
  addressees(caller: Caller, id: string, query: PageQuery): Promise<Page<AdvisoryLine>> {
    return this.#about(caller, id, (tx) => this.#parts.view.lines(tx, id, query))
  }

  /** Throws Problem advisory.not-found, also where the caller may not know of the ladder. */
  ladder(
    caller: Caller,
    id: string,
    organisation_id: string,
  ): Promise<AdvisoryAddressee & { entries: AdvisoryEntry[] }> {
    const { ladders, view } = this.#parts
    return this.#about(caller, id, async (tx) => {
      const row = await ladders.get(tx, { advisory_id: id, organisation_id })
      if (!row) throw new Problem('advisory.not-found')
      return view.ladder(tx, row)
    })
  }

  /** What a filter finds, one line for each addressee. Throws Problem advisory.not-found. */
  sheet(
    caller: Caller,
    id: string,
    { format, filter }: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    return this.#about(caller, id, async (tx) => {
      const rows = await sheetRows(advisoryColumns, caller.language, (cursor) =>
        this.#parts.view.lines(tx, id, { limit: linesAtOnce, filter, cursor }),
      )
      return writeSheet(rows, format)
    })
  }

  /** Throws Problem advisory.not-found. */
  remediation(caller: Caller, id: string): Promise<{ items: RemediationCount[] }> {
    return this.#about(caller, id, async (tx) => ({
      items: await this.#parts.ladders.talliesByKind(tx, id),
    }))
  }

  /** Throws Problem advisory.not-found. */
  versions(caller: Caller, id: string): Promise<{ items: AdvisoryVersion[] }> {
    return this.#about(caller, id, async (tx) => {
      const rows = await this.#parts.store.versions(tx, id)
      return { items: rows.map(versionOf) }
    })
  }

  /**
   * What the caller's organisation says; the same again changes nothing. Throws Problem advisory.not-found,
   * advisory.not-yours, advisory.cancelled, advisory.replaced, advisory.note-required.
   */
  answer(caller: Caller, id: string, draft: VersionedAnswer): Promise<Advisory> {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.answerIn(tx, caller, id, draft, null),
    )
  }

  /** `answer` inside a transaction, by who is known by a session, or by the link in a mail. */
  async answerIn(
    tx: Tx,
    caller: Caller,
    id: string,
    { version, ...answer }: VersionedAnswer,
    proof: AnswerProof | null,
  ): Promise<Advisory> {
    const { view, clock } = this.#parts
    const { note, systems } = answer
    const assessment = gravestOf(systems) ?? answer.assessment
    const row = await this.#lock(tx, id)
    const ladder = await this.#own(tx, caller, row)
    // An addressee to whom a newer version tells nothing new stays on its own.
    if (version < ladder.version || version > row.version) throw new Problem('advisory.replaced')
    if (assessment === 'need_help' && note.length < 3) throw new Problem('advisory.note-required')
    const climbed = answered(ladder, { assessment, note, systems }, clock.iso())
    const said = climbed && { ...climbed, note, systems, proof }
    if (said) await this.#say(tx, caller, 'advisory.answer', said)
    return view.one(tx, row, caller.organisation_id)
  }

  /**
   * The issuer confirms an answer after a check of its own, or returns it with a reason. Throws Problem
   * advisory.not-found, advisory.not-yours, advisory.cancelled, advisory.illegal-step, advisory.reason-required.
   */
  judge(
    caller: Caller,
    id: string,
    { organisation_id, verdict, note }: Judgement,
  ): Promise<AdvisoryAddressee> {
    const { database, ladders, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await this.#lockOwn(tx, caller, id)
      const ladder = await ladders.get(tx, { advisory_id: id, organisation_id })
      if (!ladder) throw new Problem('advisory.not-found', organisation_id)
      if (isSilent(ladder.step)) throw new Problem('advisory.illegal-step', ladder.step)
      if (verdict === 'returned' && note.length < 3) throw new Problem('advisory.reason-required')
      const verified_at = verdict === 'verified' ? clock.iso() : null
      const stands = { ...ladder, step: verdict, verified_at }
      await this.#say(tx, caller, 'advisory.publish', {
        ladder: stands,
        step: verdict,
        note,
        systems: [],
        judged: (await ladders.lastAnswer(tx, ladder))?.id,
      })
      return addresseeOf(stands)
    })
  }

  /** Throws Problem advisory.not-found, advisory.not-yours, advisory.cancelled. */
  cancel(caller: Caller, id: string, reason: string): Promise<Advisory> {
    const { database, store, view, journal, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lockOwn(tx, caller, id)
      const version = row.version + 1
      const time = clock.iso()
      const cancelled = { ...row, state: 'cancelled', version, updated_at: time } as const
      await store.replace(tx, cancelled)
      await store.addVersion(tx, {
        advisory_id: id,
        version,
        organisation_id: row.organisation_id,
        state: 'cancelled',
        time,
        actor_name: caller.scope.actor.name,
        change_note: reason,
        content: row.content,
      })
      await journal.append(tx, {
        type: 'advisory.cancelled',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: caller.scope.actor,
        authority: 'advisory.publish',
        subject: id,
        reason,
        before: { state: row.state },
        after: { state: 'cancelled', version },
      })
      return view.one(tx, cancelled, caller.organisation_id)
    })
  }

  #about<T>(
    caller: Caller,
    id: string,
    read: (tx: Tx, row: AdvisoryRow) => Promise<T>,
  ): Promise<T> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('advisory.not-found')
      return read(tx, row)
    })
  }

  async #say(
    tx: Tx,
    caller: Caller,
    authority: 'advisory.answer' | 'advisory.publish',
    said: Omit<Answer, 'assessment'> & {
      readonly ladder: AddresseeRow
      readonly step: AdvisoryStep
      /** The answer a judgement is about. */
      readonly judged?: string | undefined
      readonly proof?: AnswerProof | null
    },
  ): Promise<void> {
    const { ladders, journal, clock, newId } = this.#parts
    const { step, note, systems, ladder, proof = null } = said
    const { advisory_id, organisation_id, issuer_id, tlp_rank, version, assessment } = ladder
    await ladders.replace(tx, ladder)
    const place = { advisory_id, organisation_id, issuer_id, tlp_rank, version }
    const actor_name = caller.scope.actor.name
    const id = newId('step')
    const entry = { ...place, id, step, assessment, note, systems, actor_name, proof }
    await ladders.addEntries(tx, [{ ...entry, time: clock.iso() }])
    await journal.append(tx, {
      type: 'advisory.stepped',
      organisation_id,
      tlp_rank,
      actor: caller.scope.actor,
      authority,
      subject: advisory_id,
      related: [issuer_id],
      reason: note,
      after: {
        organisation_name: ladder.organisation_name,
        step,
        assessment,
        version,
        entry_id: id,
        judged: said.judged,
        proof,
      },
    })
  }

  async #lock(tx: Tx, id: string): Promise<AdvisoryRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('advisory.not-found')
    if (row.state === 'cancelled') throw new Problem('advisory.cancelled')
    return row
  }

  /** The ladder of the caller's organisation, where it is climbed here. */
  async #own(tx: Tx, { organisation_id }: Caller, row: AdvisoryRow): Promise<AddresseeRow> {
    const ladder = await this.#parts.ladders.get(tx, { advisory_id: row.id, organisation_id })
    if (!ladder) throw new Problem('advisory.not-yours')
    // Two nodes writing one ladder would tell two stories: who has a node answers there.
    if (ladder.over_link && !row.remote) {
      throw new Problem('advisory.not-yours', 'this organisation answers from its own node')
    }
    return ladder
  }

  /** An advisory in force, locked. */
  async #lockOwn(tx: Tx, caller: Caller, id: string): Promise<AdvisoryRow> {
    const row = await this.#lock(tx, id)
    if (row.remote || row.organisation_id !== caller.organisation_id) {
      throw new Problem('advisory.not-yours')
    }
    return row
  }
}
