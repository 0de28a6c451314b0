import type { Envelope } from '@haidang/contracts/link'
import { ManualClock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import type { OrderMailbox } from '../src/modules/orders/order-envelopes.ts'
import { start } from './doing.ts'
import { organisationKey } from './organisation-key.ts'

const clock = new ManualClock(start)

/** A mailbox that signs what it is given and keeps it until it is carried over. */
export async function signingMailbox(home: string, parts: Partial<OrderMailbox>) {
  const { signer, trusted } = await organisationKey(home)
  const sent: Envelope[] = []
  const post = async (draft: Parameters<OrderMailbox['toParent']>[1]) => {
    sent.push(
      await signer.sign({
        specversion: '1.0',
        id: newUuid(clock),
        source: `urn:haidang:node:${home}`,
        time: clock.iso(),
        datacontenttype: 'application/json',
        dataschema: `urn:haidang:envelope:${draft.type}:1`,
        ...draft,
      }),
    )
  }
  const mailbox: OrderMailbox = {
    nodeOf: async () => undefined,
    nodesOf: async () => new Map(),
    parent: async () => undefined,
    home: async () => home,
    toStation: (_, __, draft) => post(draft),
    toParent: (_, draft) => post(draft),
    ...parts,
  }
  return { mailbox, sent, trusted }
}
