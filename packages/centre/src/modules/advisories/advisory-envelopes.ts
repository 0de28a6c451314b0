import type { AdvisoryStep } from '@haidang/contracts/advisory'
import {
  type AdvisoryCancelled,
  AdvisoryStepTold,
  type AdvisoryTold,
  isCsafSent,
} from '@haidang/contracts/advisory-envelope'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { Envelope } from '@haidang/contracts/link'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { z } from 'zod'
import { type LinkMailbox, letterHead, readPayload } from '../../letters.ts'
import type { AddresseeStore } from './addressee-store.ts'
import type { AdvisoryStore } from './advisory-store.ts'
import type { AddresseeRow, AdvisoryRow, EntryRow, VersionRow } from './advisory-tables.ts'

interface AdvisoryEnvelopesParts {
  readonly store: AdvisoryStore
  readonly ladders: AddresseeStore
  readonly mailbox: LinkMailbox
  /** What was published as a CSAF document; null where its publisher has no website. */
  readonly csaf: (
    tx: Tx,
    row: AdvisoryRow,
    versions: readonly VersionRow[],
  ) => Promise<AdvisoryTold['csaf']>
}

type Letter = Pick<EnvelopeDraft, 'type' | 'data'>

/** A ladder that is climbed on another node, and which that is. */
interface Linked {
  readonly node: string
  readonly ladder: AddresseeRow
}

type StepEnvelopes = Partial<Record<AdvisoryStep, string>>

/** What is said of a ladder by the node that climbs it, and the envelope it is said in. */
export const upwards: StepEnvelopes = {
  delivered: 'advisory.received',
  read: 'advisory.read',
  assessed: 'advisory.assessed',
  remediated: 'advisory.remediated',
}
/** What the issuer says of it. */
export const downwards: StepEnvelopes = {
  verified: 'advisory.verified',
  returned: 'advisory.returned',
}

const Said = z.object({
  version: z.int().optional(),
  entry_id: z.string().optional(),
  judged: z.string().optional(),
})

/** Sends what the journal says of advisories to the nodes concerned; what came over the link is never sent back. */
export class AdvisoryEnvelopes implements JournalReader {
  readonly name = 'advisory-envelopes'
  readonly types = [
    'advisory.published',
    'advisory.updated',
    'advisory.cancelled',
    'advisory.received',
    'advisory.stepped',
  ] as const
  readonly #parts: AdvisoryEnvelopesParts

  constructor(parts: AdvisoryEnvelopesParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const row = await this.#parts.store.get(tx, entry.subject)
    if (!row) return
    const { version = row.version, entry_id, judged } = Said.parse(entry.after)
    if (entry_id !== undefined) return this.#sendStep(tx, row, entry_id, judged)
    if (row.remote || entry.type === 'advisory.stepped') return
    if (entry.type === 'advisory.cancelled') return this.#sendCancellation(tx, row, entry)
    await this.#sendVersion(tx, row, version)
  }

  /** To those to whom this version says something new; what a later one says to them is on its way by its own entry. */
  async #sendVersion(tx: Tx, row: AdvisoryRow, version: number): Promise<void> {
    const { store, csaf } = this.#parts
    const linked = await this.#linked(tx, row, { version })
    if (linked.length === 0) return
    const versions = (await store.versions(tx, row.id)).filter((one) => one.version <= version)
    const [said] = versions
    if (said?.version !== version) return
    const { id, number, organisation_name, published_at, simulated } = row
    const document = await csaf(tx, { ...row, content: said.content, state: said.state }, versions)
    const type = version === 1 ? 'advisory.published' : 'advisory.updated'
    const told: Omit<AdvisoryTold, 'details'> = {
      id,
      number,
      version,
      content: said.content,
      issuer_name: organisation_name,
      published_at,
      published_by_name: said.actor_name,
      updated_at: said.time,
      simulated,
      change_note: said.change_note,
      csaf: isCsafSent(document) ? document : null,
    }
    await this.#down(tx, row, linked, ({ details }) => ({ type, data: { ...told, details } }))
  }

  async #sendCancellation(tx: Tx, row: AdvisoryRow, entry: JournalEntry): Promise<void> {
    const data: AdvisoryCancelled = {
      advisory_id: row.id,
      version: row.version,
      reason: entry.reason,
      time: entry.time,
      actor_name: entry.actor_name.slice(0, 300),
    }
    const linked = await this.#linked(tx, row)
    await this.#down(tx, row, linked, () => ({ type: 'advisory.cancelled', data }))
  }

  /** A judgement names the answer it is about: where another was given meanwhile, it moves nothing there. */
  async #sendStep(
    tx: Tx,
    row: AdvisoryRow,
    entryId: string,
    judged: string | undefined,
  ): Promise<void> {
    const { ladders, mailbox } = this.#parts
    const said = await ladders.entry(tx, entryId)
    const type = said && (row.remote ? upwards : downwards)[said.step]
    if (!said || !type) return
    // Judgements of before name no answer: the last one then, as they were sent until now.
    const about = downwards[said.step] ? (judged ?? (await ladders.lastAnswer(tx, said))?.id) : null
    const data = stepTold(said, about ?? null)
    if (row.remote) {
      const tie = await mailbox.parent(tx)
      const letter = tie && { type, from: tie.own_id, to: tie.organisation_id, data }
      if (letter) await mailbox.toParent(tx, { ...letterHead(row), ...letter })
      return
    }
    const { organisation_id } = said
    await this.#down(tx, row, await this.#linked(tx, row, { organisation_id }), () => ({
      type,
      data,
    }))
  }

  /** The ladders of an advisory that are climbed on another node, and which node that is now. */
  async #linked(
    tx: Tx,
    row: AdvisoryRow,
    only: Partial<Pick<AddresseeRow, 'organisation_id' | 'version'>> = {},
  ): Promise<Linked[]> {
    const { ladders, mailbox } = this.#parts
    const all = await ladders.linked(tx, row.id, only)
    const ids = all.map(({ organisation_id }) => organisation_id)
    const nodes = ids.length > 0 ? await mailbox.nodesOf(tx, ids) : new Map<string, string>()
    return all.flatMap((ladder) => {
      const node = nodes.get(ladder.organisation_id)
      return node === undefined ? [] : [{ node, ladder }]
    })
  }

  async #down(
    tx: Tx,
    row: AdvisoryRow,
    linked: readonly Linked[],
    letter: (ladder: AddresseeRow) => Letter,
  ): Promise<void> {
    if (linked.length === 0) return
    const { mailbox } = this.#parts
    const from = await mailbox.home(tx)
    for (const { node, ladder } of linked) {
      const to = ladder.organisation_id
      await mailbox.toStation(tx, node, { ...letterHead(row), ...letter(ladder), from, to })
    }
  }
}

function stepTold(said: EntryRow, judged: string | null): AdvisoryStepTold {
  const { id, advisory_id, step, assessment, note, systems, time, version } = said
  const actor_name = said.actor_name.slice(0, 300)
  const entry = { id, step, assessment, note, systems, time, actor_name, version }
  return { advisory_id, entry, judged }
}

/** Whether an envelope tells what an issuer made of an answer. */
export function isJudgement(type: string): boolean {
  return Object.values(downwards).includes(type)
}

/** What is said of a ladder, in the envelope that is for it. Throws Problem request.invalid. */
export function stepIn({ type, data }: Envelope, steps: StepEnvelopes): AdvisoryStepTold {
  const said = readPayload(AdvisoryStepTold, data)
  if (steps[said.entry.step] !== type) {
    throw new Problem('request.invalid', `${type} does not tell of ${said.entry.step}`)
  }
  return said
}
