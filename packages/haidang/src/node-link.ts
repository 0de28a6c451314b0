import { join } from 'node:path'
import { BoxStore } from '@haidang/link/boxes/box-store'
import { Downbox } from '@haidang/link/boxes/downbox'
import { defaultBounds, Outbox } from '@haidang/link/boxes/outbox'
import { ChildSide } from '@haidang/link/child/child-side'
import { EnvelopeStore } from '@haidang/link/envelopes/envelope-store'
import { Post } from '@haidang/link/envelopes/post'
import { Signer } from '@haidang/link/envelopes/signer'
import { organisationKey } from '@haidang/link/keys/organisation-key'
import type { HomeOrganisation } from '@haidang/link/parent/join-parts'
import { ParentSide } from '@haidang/link/parent/parent-side'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { NodeConfiguration } from './node-configuration.ts'
import type { Engines } from './node-engines.ts'
import { version } from './version.ts'

interface LinkParts {
  readonly engines: Engines
  readonly configuration: NodeConfiguration
  readonly dataDirectory: string
  readonly clock: Clock
  readonly log: Log
  /** The node's name of the moment; it changes at set-up. */
  readonly nodeName: () => string
  readonly home: (tx: Tx) => Promise<HomeOrganisation | undefined>
  readonly nameOf: (tx: Tx, organisationId: string) => Promise<string>
}

export type NodeLink = Awaited<ReturnType<typeof openLink>>

/** Both ends of the link, not yet listening nor dialling: keys, boxes, post, the parent's and the child's side. */
export async function openLink(parts: LinkParts) {
  const { engines, configuration, dataDirectory, clock, log, home } = parts
  const { database, journal, newId, identity } = engines
  const keysDirectory = join(dataDirectory, 'keys')
  const signer = new Signer(await organisationKey(keysDirectory))
  const boxes = new BoxStore(clock)
  const envelopes = new EnvelopeStore(clock)
  const { outbox_records, certificate_days, public_address } = configuration.link
  const outbox = new Outbox(boxes, envelopes, { ...defaultBounds, alerts: outbox_records })
  const downbox = new Downbox(boxes, envelopes)
  const post = new Post({ node_id: identity.id, signer, outbox, downbox, clock })
  const node = {
    id: identity.id,
    get name() {
      return parts.nodeName()
    },
  }
  const shared = { database, journal, clock, log, keysDirectory, signer, post, home }
  const parent = await ParentSide.open({
    ...shared,
    newId,
    node,
    publicUrl: public_address === undefined ? undefined : `https://${public_address}`,
    certificateDays: certificate_days,
    nameOf: parts.nameOf,
  })
  const child = new ChildSide(
    {
      ...shared,
      boxes,
      node: {
        id: identity.id,
        get name() {
          return parts.nodeName()
        },
        software: `Hai Dang ${version}`,
        capabilities: ['alerts', 'health', 'messages'],
        simulated: configuration.node.simulated,
      },
    },
    Math.random,
  )
  return { outbox, downbox, post, parent, child }
}
