import { Envelope, envelopeTypes, KeyAnnouncement, type TrustedKey } from '@haidang/contracts/link'
import { storable } from '@haidang/contracts/storable'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { isPassing } from '@haidang/runtime/passing'
import { Problem } from '@haidang/runtime/problem'
import { sql } from 'drizzle-orm'
import { kidOf } from '../keys/organisation-key.ts'
import { isSigningKey } from '../keys/signing-keys.ts'
import type { NumberedRecord } from '../wire/batch.ts'
import type { EnvelopeStore } from './envelope-store.ts'
import { verifyEnvelope } from './signer.ts'
import type { TrustedKeyStore } from './trusted-key-store.ts'

interface GateParts {
  readonly envelopes: EnvelopeStore
  readonly keys: TrustedKeyStore
  readonly journal: Journal
  readonly clock: Clock
}

/** One message as it came in on a stream. */
export interface Arrival {
  /** The node that handed it over; empty: the parent. */
  readonly node_id: string
  /** Who may see the journal entry of a refusal. */
  readonly organisation_id: string | null
  /** This node's organisation as the two sides name it: whom every envelope must be addressed to. */
  readonly receiver: string | undefined
  readonly record: NumberedRecord
  handle(envelope: Envelope): Promise<void>
  /** Tells the sender that its type is not known here. */
  unsupported(envelope: Envelope): Promise<void>
}

const known: ReadonlySet<string> = new Set(envelopeTypes)

/**
 * Decides over every envelope that arrives. Whatever is wrong with one is stored and journaled, and the
 * stream moves on: an envelope can be refused, it cannot block those behind it.
 */
export class EnvelopeGate {
  readonly #parts: GateParts

  constructor(parts: GateParts) {
    this.#parts = parts
  }

  /** Takes one in: genuine and new reaches `handle`, a repeat has no effect, all else is refused. */
  async receive(tx: Tx, arrival: Arrival): Promise<void> {
    const read = Envelope.safeParse(arrival.record.value)
    if (!read.success) {
      const [issue] = read.error.issues
      return this.#refuse(tx, arrival, `malformed: ${issue?.path.join('.')} ${issue?.message}`)
    }
    const keys = await this.#parts.keys.of(tx, read.data.from)
    const verdict = await verifyEnvelope(arrival.record.value, keys)
    if (!verdict.ok) return this.#refuse(tx, arrival, `envelope.forged: ${verdict.reason}`)
    if (read.data.to !== arrival.receiver) {
      return this.#refuse(
        tx,
        arrival,
        `envelope.misaddressed: it is for ${read.data.to || 'nobody'}`,
      )
    }
    if (await this.#parts.envelopes.holds(tx, read.data.id)) return
    const envelope = storable(read.data) as Envelope
    const { key } = verdict
    const handle =
      envelope.type === 'key.announced'
        ? () => this.#takeKey(tx, arrival, envelope, key)
        : () => arrival.handle(envelope)
    await (known.has(envelope.type)
      ? this.#handle(tx, arrival, handle)
      : this.#answerUnknown(tx, arrival, envelope))
  }

  async #handle(tx: Tx, arrival: Arrival, handle: () => Promise<void>): Promise<void> {
    await tx.execute(sql`savepoint envelope`)
    try {
      await handle()
    } catch (error) {
      // Of a store that is away the envelope knows nothing: it comes again.
      if (!(error instanceof Problem) || isPassing(error)) throw error
      await tx.execute(sql`rollback to savepoint envelope`)
      return this.#refuse(tx, arrival, `${error.code}: ${error.message}`)
    }
    await tx.execute(sql`release savepoint envelope`)
    await this.#store(tx, arrival, 'accepted', '')
  }

  /** An organisation announces its next key under the one it has; a key that has ended announces nothing. */
  async #takeKey(tx: Tx, { node_id }: Arrival, { from, data }: Envelope, signed: TrustedKey) {
    const told = KeyAnnouncement.safeParse(data)
    if (!told.success) throw new Problem('request.invalid', told.error.message.slice(0, 500))
    const { kid, x, valid_from, previous_until } = told.data
    if (signed.valid_to !== null) throw new Problem('request.invalid', 'its key has ended already')
    if (!isSigningKey(x) || (await kidOf(x)) !== kid) {
      throw new Problem('request.invalid', 'kid and key do not belong together')
    }
    const { keys } = this.#parts
    const { organisation_name } = signed
    await keys.put(tx, { ...signed, valid_to: previous_until }, node_id)
    const next = { organisation_id: from, organisation_name, kid, x, valid_from, valid_to: null }
    await keys.put(tx, next, node_id)
  }

  async #answerUnknown(tx: Tx, arrival: Arrival, envelope: Envelope): Promise<void> {
    await this.#store(tx, arrival, 'unsupported', `type ${envelope.type} is not known here`)
    await this.#journal(tx, arrival, 'envelope.unsupported', envelope.type)
    await arrival.unsupported(envelope)
  }

  async #refuse(tx: Tx, arrival: Arrival, problem: string): Promise<void> {
    await this.#store(tx, arrival, 'refused', problem)
    await this.#journal(tx, arrival, 'envelope.refused', problem)
  }

  #store(
    tx: Tx,
    { node_id, record }: Arrival,
    state: 'accepted' | 'unsupported' | 'refused',
    problem: string,
  ): Promise<void> {
    const { line, value } = record
    return this.#parts.envelopes.received(tx, { node_id, line, value, state, problem })
  }

  async #journal(
    tx: Tx,
    { node_id, organisation_id, record }: Arrival,
    type: 'envelope.unsupported' | 'envelope.refused',
    reason: string,
  ): Promise<void> {
    const id = record.value['id']
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      actor: node_id === '' ? systemScope.actor : { id: node_id, name: node_id },
      authority: 'link.messages',
      subject: typeof id === 'string' ? (storable(id.slice(0, 100)) as string) : '',
      related: node_id === '' ? [] : [node_id],
      reason: storable(reason.slice(0, 1000)) as string,
    })
  }
}
