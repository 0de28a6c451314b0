import type { ToldTo } from '@haidang/contracts/audience'
import { audienceApi } from '@haidang/contracts/audience-api'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance } from 'fastify'
import type { IncidentService } from './modules/incidents/incident-service.ts'
import type { OrderNodes } from './modules/orders/issue-service.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { ParticipantStore } from './modules/participants/participant-store.ts'
import { audienceRoutes } from './modules/sharing/audience-routes.ts'
import type { AudienceService, Things } from './modules/sharing/audience-service.ts'
import type { SystemService } from './modules/systems/system-service.ts'

interface AudienceThings {
  readonly incidents: IncidentService
  readonly orders: OrderStore
  readonly participants: Pick<ParticipantStore, 'idsOf'>
  readonly systems: SystemService
  readonly nodes: OrderNodes
}

const nobody: ToldTo = { organisations: [], groups: [], people: [] }

/** Serves who sees a thing: incidents, orders and systems are asked what decides it. */
export function serveAudiences(
  { http, gate }: { readonly http: FastifyInstance; readonly gate: Gate },
  audiences: AudienceService,
  { incidents, orders, participants, systems, nodes }: AudienceThings,
): void {
  const things: Things = {
    find: {
      incident: async (tx, id) => {
        const row = await incidents.require(tx, id)
        return {
          organisation_id: row.organisation_id,
          tlp: tlpOf(row.tlp_rank),
          // RED names people: no organisation reads it for taking part.
          parties: row.tlp_rank <= 3 ? await participants.idsOf(tx, id) : [],
          copies: [],
          told_to: {
            organisations: row.told_organisations,
            groups: row.told_groups,
            people: row.told_people,
          },
        }
      },
      order: async (tx, id) => {
        const row = await orders.get(tx, id)
        if (!row) throw new Problem('order.not-found')
        const ladders = await orders.addressees(tx, [id])
        const sent = ladders.filter(({ over_link }) => over_link && !row.remote)
        const copies = row.remote
          ? [{ direction: 'up', organisation_id: row.organisation_id, what: 'answers' } as const]
          : sent.map(({ organisation_id }) => orderTo(organisation_id))
        const parties = ladders.map(({ organisation_id }) => organisation_id)
        const { organisation_id } = row
        return { organisation_id, tlp: tlpOf(row.tlp_rank), told_to: nobody, parties, copies }
      },
      system: async (tx, id) => {
        const { organisation_id, operator_id, tlp } = await systems.require(tx, id)
        const parties = operator_id ? [operator_id] : []
        return { organisation_id, tlp, told_to: nobody, parties, copies: [] }
      },
    },
    copiesTo: async (tx, organisations) => {
      const linked = await Promise.all(organisations.map((id) => hasNode(tx, id)))
      return organisations.filter((_, place) => linked[place]).map(orderTo)
    },
  }
  serve(http, audienceApi, audienceRoutes(audiences, things), gate)

  async function hasNode(tx: Tx, organisation: string): Promise<boolean> {
    return (await nodes.nodeOf(tx, organisation)) !== undefined
  }
}

function orderTo(organisation_id: string) {
  return { direction: 'down', organisation_id, what: 'order' } as const
}
