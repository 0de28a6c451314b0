import { BoxStore } from './boxes/box-store.ts'
import { Downbox } from './boxes/downbox.ts'
import { Outbox, type OutboxQuotas, type ReleaseGate } from './boxes/outbox.ts'
import type { ChildSideParts } from './child/child-parts.ts'
import { ChildSide } from './child/child-side.ts'
import { EnvelopeStore } from './envelopes/envelope-store.ts'
import { Post } from './envelopes/post.ts'
import { Signer } from './envelopes/signer.ts'
import { SigningKeys } from './keys/signing-keys.ts'
import { ParentSide, type ParentSideParts } from './parent/parent-side.ts'
import { SigningDesk } from './parent/signing-desk.ts'

type Given = 'signer' | 'signingKeys' | 'post' | 'boxes' | 'outbox'
export type LinkParts = Omit<ParentSideParts, Given | 'node'> &
  Omit<ChildSideParts, Given> & {
    /** Numbers in [0, 1), for jitter. */
    random(): number
    readonly quotas?: OutboxQuotas | undefined
    /** The owner's policy; without one, everything leaves. */
    readonly release?: ReleaseGate | undefined
  }

/** Both sides of one node's link; which are in use is a matter of who joined whom. */
export interface Link {
  readonly parent: ParentSide
  readonly child: ChildSide
  readonly outbox: Outbox
  readonly downbox: Downbox
  readonly post: Post
  readonly signer: Signer
  readonly signing: SigningDesk
}

/** Opens the link of a node: keys are made at first use; nothing listens or dials yet. */
export async function openLink(parts: LinkParts): Promise<Link> {
  const { clock, node } = parts
  const boxes = new BoxStore(clock)
  const envelopes = new EnvelopeStore(clock)
  const outbox = new Outbox({ boxes, envelopes, release: parts.release, quotas: parts.quotas })
  const downbox = new Downbox(boxes, envelopes)
  const { keysDirectory, database } = parts
  const signingKeys = await SigningKeys.open(keysDirectory, database, clock)
  const signer = new Signer(signingKeys.current)
  const post = new Post({ node_id: node.id, signer, outbox, downbox, clock })
  const parent = await ParentSide.open({ ...parts, signer, signingKeys, post })
  const child = new ChildSide({ ...parts, boxes, outbox, signer, post }, parts.random)
  const signing = new SigningDesk({
    ...parts,
    keys: signingKeys,
    signer,
    post,
    child,
    stations: parent.stations,
    simulated: node.simulated,
  })
  return { parent, child, outbox, downbox, post, signer, signing }
}
