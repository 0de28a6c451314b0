import type { Outbox } from '@haidang/link/boxes/outbox'
import type { ChildSide } from '@haidang/link/child/child-side'
import type { Post } from '@haidang/link/envelopes/post'
import type { Signer } from '@haidang/link/envelopes/signer'
import type { ParentSide } from '@haidang/link/parent/parent-side'
import type { SigningDesk } from '@haidang/link/parent/signing-desk'
import { Problem } from '@haidang/runtime/problem'
import type { OrderMailbox } from './modules/orders/order-envelopes.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'

/** Both ends of the link and the post between, made by the composition. */
export interface LinkEnds {
  readonly parent: ParentSide
  readonly child: ChildSide
  readonly outbox: Outbox
  readonly post: Post
  readonly signer: Signer
  readonly signing: SigningDesk
}

/** What orders need of the link: which node an organisation has, and two slots for letters. */
export function orderMailbox(
  { parent, child, post }: LinkEnds,
  organisations: OrganisationService,
): OrderMailbox {
  return {
    nodeOf: async (tx, organisationId) => (await parent.stations.nodesOf(tx, organisationId))[0],
    nodesOf: async (tx, ids) => {
      const wanted = new Set(ids)
      const nodes = new Map<string, string>()
      for (const { node_id, organisation_id } of await parent.stations.accepted(tx)) {
        if (wanted.has(organisation_id) && !nodes.has(organisation_id)) {
          nodes.set(organisation_id, node_id)
        }
      }
      return nodes
    },
    home: async (tx) => {
      const home = await organisations.home(tx)
      if (!home) throw new Problem('organisation.not-found', 'this node is not set up')
      return home.id
    },
    parent: async (tx) => {
      const tie = await child.parent(tx)
      return tie && { organisation_id: tie.organisation_id, own_id: tie.own_organisation_id }
    },
    toStation: (tx, nodeId, draft) => post.toStation(tx, nodeId, draft),
    toParent: (tx, draft) => post.toParent(tx, draft),
  }
}
