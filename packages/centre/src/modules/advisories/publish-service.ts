import { createHash } from 'node:crypto'
import type { Advisory, AdvisoryRecipient } from '@haidang/contracts/advisory'
import type { OrganisationKind } from '@haidang/contracts/organisation'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { LinkMailbox } from '../../letters.ts'
import type { Names } from '../../names.ts'
import type { Numbering } from '../../numbering.ts'
import type { AddresseeStore } from './addressee-store.ts'
import { isForEverybody, requirePublishable, toldHash } from './advisory.ts'
import type { AdvisoryFacts, AdvisoryStore } from './advisory-store.ts'
import type { AddresseeRow, AdvisoryRow, DraftRow } from './advisory-tables.ts'
import type { AdvisoryView } from './advisory-view.ts'
import type { DraftStore } from './draft-store.ts'

export interface PublishParts {
  readonly database: Database
  readonly drafts: DraftStore
  readonly store: AdvisoryStore
  readonly ladders: AddresseeStore
  readonly view: AdvisoryView
  readonly names: Names
  readonly numbers: Numbering
  readonly kinds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, OrganisationKind>>
  readonly nodes: Pick<LinkMailbox, 'nodesOf'>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether what this node publishes is invented (demonstration). */
  readonly simulated: boolean
}

/** Ladders told in one transaction. */
const toldAtOnce = 200

/** Publication: an approved draft is told to its addressees, each of whom learns only what is new to it. */
export class PublishService {
  readonly #parts: PublishParts

  constructor(parts: PublishParts) {
    this.#parts = parts
  }

  /**
   * Publishes a draft, or the next version of what was published before. Throws Problem advisory.not-found,
   * advisory.not-yours, advisory.moved-on, advisory.illegal-stage, advisory.cancelled, advisory.unchanged,
   * and what `requirePublishable` throws.
   */
  publish(caller: Caller, id: string, revision: number): Promise<Advisory> {
    const { database, drafts, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const draft = await this.#ready(tx, caller, id, revision)
      const before = await store.lock(tx, id)
      if (before?.state === 'cancelled') throw new Problem('advisory.cancelled')
      const row = await this.#write(tx, caller, draft, before)
      const told = await this.#address(tx, row, draft.addressees)
      if (before && told.length === 0) throw new Problem('advisory.unchanged')
      await drafts.remove(tx, id)
      await this.#journal(tx, caller, { row, draft, told: told.length })
      const here = told.filter(({ over_link }) => !over_link)
      await this.#tell(tx, here.slice(0, toldAtOnce))
      return view.one(tx, row, caller.organisation_id)
    })
  }

  /** Tells addressees without a node of their own who were not told yet, some at a time: what a kill leaves is told by the next call. */
  deliver(): Promise<number> {
    return this.#parts.database.transact(systemScope, async (tx) => {
      const ladders = await this.#parts.ladders.undelivered(tx, toldAtOnce)
      await this.#tell(tx, ladders)
      return ladders.length
    })
  }

  /** An approved draft, locked, as it was when somebody decided to publish it. */
  async #ready(tx: Tx, caller: Caller, id: string, revision: number): Promise<DraftRow> {
    const draft = await this.#parts.drafts.lock(tx, id)
    if (!draft) throw new Problem('advisory.not-found')
    if (draft.organisation_id !== caller.organisation_id) throw new Problem('advisory.not-yours')
    if (draft.revision !== revision) {
      throw new Problem('advisory.moved-on', String(draft.revision))
    }
    if (draft.stage !== 'approved') throw new Problem('advisory.illegal-stage', draft.stage)
    requirePublishable(draft.content, draft.addressees, this.#parts.clock.now())
    return draft
  }

  async #write(
    tx: Tx,
    caller: Caller,
    draft: DraftRow,
    before: AdvisoryRow | undefined,
  ): Promise<AdvisoryFacts> {
    const { store, clock, names, numbers, simulated } = this.#parts
    const { id, content, change_note, organisation_id, tlp_rank } = draft
    const now = clock.iso()
    const version = (before?.version ?? 0) + 1
    const published_by_name = caller.scope.actor.name
    const row: AdvisoryFacts = {
      id,
      organisation_id,
      organisation_name: (await names.sources(tx, [organisation_id])).get(organisation_id) ?? '',
      tlp_rank,
      number: before?.number ?? (await numbers.next(tx, content.kind, organisation_id)),
      state: 'published',
      version,
      content,
      simulated: simulated || content.exercise,
      remote: false,
      published_by_name,
      published_at: before?.published_at ?? now,
      updated_at: now,
      ...(await this.#publicity(tx, draft, before)),
    }
    if (before) await store.replace(tx, row)
    else await store.add(tx, row)
    await store.addVersion(tx, {
      advisory_id: id,
      version,
      organisation_id,
      state: 'published',
      time: now,
      actor_name: published_by_name,
      change_note,
      content,
    })
    return row
  }

  /** What first becomes public gets a number of a series of its own; what was public keeps it. */
  async #publicity(
    tx: Tx,
    { content, organisation_id }: DraftRow,
    before: AdvisoryRow | undefined,
  ) {
    if (before?.public_number || !isForEverybody(content)) {
      return { public_number: before?.public_number ?? null, public_at: before?.public_at ?? null }
    }
    const { clock, numbers } = this.#parts
    const public_number = await numbers.next(tx, 'public-advisory', organisation_id)
    return { public_number, public_at: clock.iso() }
  }

  /** Ladders of those to whom something is new. */
  async #address(
    tx: Tx,
    row: AdvisoryFacts,
    recipients: readonly AdvisoryRecipient[],
  ): Promise<AddresseeRow[]> {
    const { ladders, names, kinds, nodes } = this.#parts
    const known = new Map((await ladders.all(tx, row.id)).map((one) => [one.organisation_id, one]))
    const ids = recipients.map(({ organisation_id }) => organisation_id)
    const named = await names.sources(tx, ids)
    const ofKind = await kinds(tx, ids)
    const linked = await nodes.nodesOf(tx, ids)
    const fresh: AddresseeRow[] = []
    const again: AddresseeRow[] = []
    for (const { organisation_id, details } of recipients) {
      const told_hash = toldHash(row.content, details)
      const old = known.get(organisation_id)
      if (old?.told_hash === told_hash) continue
      const ladder: AddresseeRow = {
        advisory_id: row.id,
        organisation_id,
        organisation_name: named.get(organisation_id) ?? '',
        organisation_kind: ofKind.get(organisation_id) ?? 'other',
        issuer_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        version: row.version,
        told_hash,
        step: 'issued',
        assessment: null,
        note: '',
        systems: [],
        details,
        due_at: row.content.answer_due_at,
        overdue: false,
        over_link: linked.has(organisation_id),
        delivered_at: null,
        read_at: null,
        assessed_at: null,
        remediated_at: null,
        verified_at: null,
      }
      if (old) again.push(ladder)
      else fresh.push(ladder)
    }
    await ladders.add(tx, fresh)
    for (const ladder of again) await ladders.replace(tx, ladder)
    return [...fresh, ...again]
  }

  /** Of many addressees the journal keeps how many there are and a hash of their list. */
  async #journal(
    tx: Tx,
    caller: Caller,
    { row, draft, told }: { row: AdvisoryFacts; draft: DraftRow; told: number },
  ): Promise<void> {
    const ids = draft.addressees.map(({ organisation_id }) => organisation_id)
    const list = createHash('sha256').update(ids.toSorted().join('\n')).digest('hex')
    await this.#parts.journal.append(tx, {
      type: row.version === 1 ? 'advisory.published' : 'advisory.updated',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: caller.scope.actor,
      authority: 'advisory.publish',
      subject: row.id,
      reason: draft.change_note,
      after: {
        number: row.number,
        version: row.version,
        content: row.content,
        reviewer_name: draft.reviewer_name,
        addressee_count: ids.length,
        addressees_sha256: list,
        told,
      },
    })
  }

  /** Each addressee gets an entry of its own, which its live screens see. */
  async #tell(tx: Tx, ladders: readonly AddresseeRow[]): Promise<void> {
    const { ladders: store, journal, clock, newId } = this.#parts
    for (const ladder of ladders) {
      const time = clock.iso()
      const { advisory_id, organisation_id, issuer_id, tlp_rank, version } = ladder
      await store.replace(tx, { ...ladder, step: 'delivered', delivered_at: time })
      await store.addEntries(tx, [
        {
          id: newId('step'),
          advisory_id,
          organisation_id,
          issuer_id,
          tlp_rank,
          version,
          step: 'delivered',
          assessment: null,
          note: '',
          systems: [],
          time,
          actor_name: systemScope.actor.name,
        },
      ])
      await journal.append(tx, {
        type: 'advisory.stepped',
        organisation_id,
        tlp_rank,
        actor: systemScope.actor,
        authority: 'system',
        subject: advisory_id,
        related: [issuer_id],
        after: { organisation_name: ladder.organisation_name, step: 'delivered', version },
      })
    }
  }
}
