import {
  AdvisoryCancelled,
  type AdvisoryStepTold,
  AdvisoryTold,
} from '@haidang/contracts/advisory-envelope'
import type { Envelope } from '@haidang/contracts/link'
import type { OrganisationKind } from '@haidang/contracts/organisation'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type LinkMailbox, readPayload, type Sender } from '../../letters.ts'
import type { Names } from '../../names.ts'
import type { AddresseeStore } from './addressee-store.ts'
import { answered, isSilent, requireConsistent, toldHash } from './advisory.ts'
import { downwards, isJudgement, stepIn, upwards } from './advisory-envelopes.ts'
import type { AdvisoryStore } from './advisory-store.ts'
import type { AddresseeRow, AdvisoryRow } from './advisory-tables.ts'

interface InboxParts {
  readonly store: AdvisoryStore
  readonly ladders: AddresseeStore
  readonly mailbox: LinkMailbox
  readonly names: Names
  readonly kinds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, OrganisationKind>>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

type Entry = AdvisoryStepTold['entry']

/**
 * Takes in envelopes `advisory.*` whose signature was verified. A repeat changes nothing; what is said of a version that
 * was replaced or of an advisory that was cancelled is kept beside the ladder and moves nothing; what the sender has no
 * right to say throws a Problem, which the link journals as a refused envelope.
 */
export class InboxService {
  readonly #parts: InboxParts

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** Whether a type of envelope is for advisories. */
  static handles(type: string): boolean {
    return type.startsWith('advisory.')
  }

  /** From a node below: how its own organisation stands. Throws Problem advisory.not-found, advisory.not-yours, request.invalid. */
  async fromStation(tx: Tx, sender: Sender, envelope: Envelope): Promise<void> {
    if (envelope.from !== sender.organisation_id) throw new Problem('advisory.not-yours')
    const { advisory_id, entry } = stepIn(envelope, upwards)
    requireConsistent(entry)
    const row = await this.#parts.store.lock(tx, advisory_id)
    if (!row || row.remote) throw new Problem('advisory.not-found', advisory_id)
    const ladder = await this.#ladder(tx, row, sender.organisation_id)
    if (entry.version > ladder.version) throw new Problem('request.invalid', 'entry.version')
    const isLate = row.state === 'cancelled' || entry.version < ladder.version
    const moved = isLate ? undefined : climbed(ladder, entry)
    await this.#keep(tx, { id: sender.node_id, name: entry.actor_name }, { ladder, moved, entry })
  }

  /** From the parent: an advisory, its new version, its end, or a judgement. Throws as `fromStation` does. */
  async fromParent(tx: Tx, envelope: Envelope): Promise<void> {
    const tie = await this.#parts.mailbox.parent(tx)
    if (!tie || envelope.from !== tie.organisation_id || envelope.to !== tie.own_id) {
      throw new Problem('advisory.not-yours')
    }
    const above = tie.organisation_id
    if (isJudgement(envelope.type)) return this.#judged(tx, above, envelope)
    if (envelope.type === 'advisory.cancelled') return this.#cancel(tx, above, envelope)
    if (envelope.type === 'advisory.published' || envelope.type === 'advisory.updated') {
      return this.#receive(tx, above, envelope)
    }
    throw new Problem('request.invalid', `${envelope.type} is not for a parent to say`)
  }

  async #receive(tx: Tx, above: string, envelope: Envelope): Promise<void> {
    const { store, ladders, mailbox, journal, clock, newId } = this.#parts
    const told = readPayload(AdvisoryTold, envelope.data)
    const { id, number, version, content, change_note, published_by_name, updated_at } = told
    const before = await store.lock(tx, id)
    if (before && (!before.remote || before.organisation_id !== above)) {
      throw new Problem('advisory.not-yours')
    }
    if (before && (before.version >= version || before.state === 'cancelled')) return
    const home = await mailbox.home(tx)
    const tlp_rank = tlpRank(content.tlp)
    const row = {
      id,
      organisation_id: above,
      organisation_name: told.issuer_name,
      tlp_rank,
      number,
      state: 'published' as const,
      version,
      content,
      simulated: told.simulated,
      remote: true,
      published_by_name,
      published_at: told.published_at,
      updated_at,
      public_number: null,
      public_at: null,
    }
    if (before) await store.replace(tx, row)
    else await store.add(tx, row)
    await store.addVersion(tx, {
      advisory_id: id,
      version,
      organisation_id: above,
      state: 'published',
      time: updated_at,
      actor_name: published_by_name,
      change_note,
      content,
    })
    const ladder = await this.#opened(tx, home, above, told)
    if (before) await ladders.replace(tx, ladder)
    else await ladders.add(tx, [ladder])
    const entry_id = newId('step')
    await ladders.addEntries(tx, [
      {
        id: entry_id,
        advisory_id: id,
        organisation_id: home,
        issuer_id: above,
        tlp_rank,
        version,
        step: 'delivered',
        assessment: null,
        note: '',
        systems: [],
        time: clock.iso(),
        actor_name: systemScope.actor.name,
      },
    ])
    await journal.append(tx, {
      type: 'advisory.received',
      organisation_id: home,
      tlp_rank,
      actor: { id: above, name: published_by_name },
      authority: 'link',
      subject: id,
      related: [above],
      reason: change_note,
      after: { number, version, content, entry_id },
    })
  }

  /** The ladder of this node's organisation, at its first rung. */
  async #opened(tx: Tx, home: string, above: string, told: AdvisoryTold): Promise<AddresseeRow> {
    const { names, kinds, clock } = this.#parts
    const { id, version, content, details } = told
    return {
      advisory_id: id,
      organisation_id: home,
      organisation_name: (await names.organisations(tx, [home])).get(home) ?? '',
      organisation_kind: (await kinds(tx, [home])).get(home) ?? 'other',
      issuer_id: above,
      tlp_rank: tlpRank(content.tlp),
      version,
      told_hash: toldHash(content, details),
      step: 'delivered',
      assessment: null,
      note: '',
      systems: [],
      details,
      due_at: content.answer_due_at,
      overdue: false,
      over_link: true,
      delivered_at: clock.iso(),
      read_at: null,
      assessed_at: null,
      remediated_at: null,
      verified_at: null,
    }
  }

  async #cancel(tx: Tx, above: string, envelope: Envelope): Promise<void> {
    const { store, mailbox, journal } = this.#parts
    const said = readPayload(AdvisoryCancelled, envelope.data)
    const row = await this.#require(tx, above, said.advisory_id)
    if (row.state === 'cancelled') return
    const { version, reason, time, actor_name } = said
    await store.replace(tx, { ...row, state: 'cancelled', version, updated_at: time })
    await store.addVersion(tx, {
      advisory_id: row.id,
      version,
      organisation_id: above,
      state: 'cancelled',
      time,
      actor_name,
      change_note: reason,
      content: row.content,
    })
    await journal.append(tx, {
      type: 'advisory.cancelled',
      organisation_id: await mailbox.home(tx),
      tlp_rank: row.tlp_rank,
      actor: { id: above, name: actor_name },
      authority: 'link',
      subject: row.id,
      related: [above],
      reason,
      before: { state: row.state },
      after: { state: 'cancelled', version },
    })
  }

  async #judged(tx: Tx, above: string, envelope: Envelope): Promise<void> {
    const { ladders, mailbox } = this.#parts
    const { advisory_id, entry, judged } = stepIn(envelope, downwards)
    const row = await this.#require(tx, above, advisory_id)
    const ladder = await this.#ladder(tx, row, await mailbox.home(tx))
    const answer = await ladders.lastAnswer(tx, ladder)
    const isAbout = answer !== undefined && answer.id === judged
    const verified_at = entry.step === 'verified' ? entry.time : null
    const moved =
      isAbout && !isSilent(ladder.step) ? { ...ladder, step: entry.step, verified_at } : undefined
    await this.#keep(tx, { id: above, name: entry.actor_name }, { ladder, moved, entry })
  }

  /** Keeps what was said once, and moves the ladder where it is to be moved. */
  async #keep(
    tx: Tx,
    actor: Scope['actor'],
    said: {
      readonly ladder: AddresseeRow
      readonly moved: AddresseeRow | undefined
      readonly entry: Entry
    },
  ): Promise<void> {
    const { ladders, journal } = this.#parts
    const { ladder, moved, entry } = said
    const { advisory_id, organisation_id, issuer_id, tlp_rank, organisation_name } = ladder
    const known = await ladders.entry(tx, entry.id)
    if (known?.advisory_id === advisory_id && known.organisation_id === organisation_id) return
    if (known) throw new Problem('request.invalid', 'the entry belongs to another ladder')
    const place = { advisory_id, organisation_id, issuer_id, tlp_rank }
    await ladders.addEntries(tx, [{ ...place, ...entry }])
    if (moved) await ladders.replace(tx, moved)
    const { id: entry_id, step, assessment, version, note } = entry
    await journal.append(tx, {
      type: 'advisory.stepped',
      organisation_id,
      tlp_rank,
      actor,
      authority: 'link',
      subject: advisory_id,
      related: [issuer_id],
      reason: note,
      after: { organisation_name, step, assessment, version, entry_id, moved: moved !== undefined },
    })
  }

  async #ladder(tx: Tx, row: AdvisoryRow, organisation_id: string): Promise<AddresseeRow> {
    const ladder = await this.#parts.ladders.get(tx, { advisory_id: row.id, organisation_id })
    if (!ladder) throw new Problem('advisory.not-yours')
    return ladder
  }

  /** What the parent published, locked. */
  async #require(tx: Tx, above: string, id: string): Promise<AdvisoryRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row?.remote || row.organisation_id !== above) throw new Problem('advisory.not-found', id)
    return row
  }
}

/** A ladder after what a node below said; undefined where that moves nothing. */
function climbed(ladder: AddresseeRow, entry: Entry): AddresseeRow | undefined {
  if (entry.step !== 'delivered') return answered(ladder, entry, entry.time)?.ladder
  if (ladder.step !== 'issued') return undefined
  return { ...ladder, step: 'delivered', delivered_at: entry.time }
}
