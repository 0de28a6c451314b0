import type { Envelope } from '@haidang/contracts/link'
import { storableText } from '@haidang/contracts/storable'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, ne } from 'drizzle-orm'
import { type EnvelopeState, linkEnvelope } from '../link-tables.ts'

interface Received {
  readonly node_id: string
  /** As it stood on the wire. */
  readonly line: string
  readonly value: Readonly<Record<string, unknown>>
  readonly state: Exclude<EnvelopeState, 'sent'>
  readonly problem: string
}

/** The proof of what was said: every envelope sent and received. */
export class EnvelopeStore {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Records what is sent to a child, or to the parent (`nodeId` empty). */
  async sent(tx: Tx, nodeId: string, envelope: Envelope): Promise<void> {
    await tx.insert(linkEnvelope).values({
      envelope_id: envelope.id,
      direction: 'sent',
      node_id: nodeId,
      type: envelope.type,
      from_organisation: envelope.from,
      to_organisation: envelope.to,
      state: 'sent',
      problem: '',
      line: JSON.stringify(envelope),
      recorded_at: this.#clock.iso(),
    })
  }

  async received(tx: Tx, { node_id, line, value, state, problem }: Received): Promise<void> {
    await tx.insert(linkEnvelope).values({
      envelope_id: word(value['id']),
      direction: 'received',
      node_id,
      type: word(value['type']),
      from_organisation: word(value['from']),
      to_organisation: word(value['to']),
      state,
      problem: storableText(problem).slice(0, 1000),
      line,
      recorded_at: this.#clock.iso(),
    })
  }

  /** Whether an envelope of this id was taken in from any node before; refused ones do not count. */
  async holds(tx: Tx, envelopeId: string): Promise<boolean> {
    const rows = await tx
      .select({ id: linkEnvelope.id })
      .from(linkEnvelope)
      .where(
        and(
          eq(linkEnvelope.envelope_id, envelopeId),
          eq(linkEnvelope.direction, 'received'),
          ne(linkEnvelope.state, 'refused'),
        ),
      )
      .limit(1)
    return rows.length > 0
  }
}

/** A member of a hostile envelope as a short text the database can hold. */
function word(value: unknown): string {
  return typeof value === 'string' ? storableText(value.slice(0, 300)) : ''
}
