import type { Envelope, UnsignedEnvelope } from '@haidang/contracts/link'
import type { RuleSetContent } from '@haidang/contracts/rule-set'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { newUuid } from '@haidang/runtime/ids'
import type { Downbox } from '../boxes/downbox.ts'
import type { Outbox } from '../boxes/outbox.ts'
import type { Signer } from './signer.ts'

/** What the writer of an envelope decides; the rest follows from the node. */
export type EnvelopeDraft = Pick<
  UnsignedEnvelope,
  'type' | 'subject' | 'tlp' | 'from' | 'to' | 'exercise' | 'data' | 'correlation' | 'causation'
>

interface PostParts {
  readonly node_id: string
  readonly signer: Signer
  readonly outbox: Outbox
  readonly downbox: Downbox
  readonly clock: Clock
}

/** Completes, signs and hands over envelopes, in the transaction of the act they tell of. */
export class Post {
  readonly #parts: PostParts

  constructor(parts: PostParts) {
    this.#parts = parts
  }

  /** To the parent; `from` and `to` as the parent names the organisations. */
  async toParent(tx: Tx, draft: EnvelopeDraft): Promise<Envelope> {
    const envelope = await this.#sealed(draft)
    await this.#parts.outbox.append(tx, 'messages', [envelope])
    return envelope
  }

  /** To one node below. */
  async toStation(tx: Tx, nodeId: string, draft: EnvelopeDraft): Promise<Envelope> {
    const envelope = await this.#sealed(draft)
    await this.#parts.downbox.append(tx, nodeId, 'messages', [envelope])
    return envelope
  }

  /** A rule set for one node below: the contents it lacks, then the envelope that names all of them. */
  async rulesToStation(
    tx: Tx,
    nodeId: string,
    contents: readonly RuleSetContent[],
    draft: EnvelopeDraft,
  ): Promise<void> {
    const envelope = await this.#sealed(draft)
    await this.#parts.downbox.append(tx, nodeId, 'rules', [...contents, envelope])
  }

  /** What is set at one node below. */
  async configurationToStation(tx: Tx, nodeId: string, draft: EnvelopeDraft): Promise<void> {
    const envelope = await this.#sealed(draft)
    await this.#parts.downbox.append(tx, nodeId, 'configuration', [envelope])
  }

  /** Signs a document of this node's organisation that is no envelope. */
  async seal(document: object): Promise<{ signature: string; kid: string }> {
    const { signer } = this.#parts
    return { signature: await signer.seal(document), kid: signer.key.kid }
  }

  #sealed(draft: EnvelopeDraft): Promise<Envelope> {
    const { node_id, signer, clock } = this.#parts
    return signer.sign({
      specversion: '1.0',
      id: newUuid(clock),
      source: `urn:haidang:node:${node_id}`,
      time: clock.iso(),
      datacontenttype: 'application/json',
      dataschema: `urn:haidang:envelope:${draft.type}:1`,
      ...draft,
    })
  }
}
