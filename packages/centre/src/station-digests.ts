import type { Envelope } from '@haidang/contracts/link'
import { stationDigestApi } from '@haidang/contracts/station-digest-api'
import type { Peer } from '@haidang/link/peer'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { DigestService } from './modules/audit/digest-service.ts'
import { DigestEnvelopes } from './modules/digests/digest-envelopes.ts'
import { stationDigestRoutes } from './modules/digests/digest-routes.ts'
import { StationDigestService } from './modules/digests/digest-service.ts'
import { DigestStore } from './modules/digests/digest-store.ts'
import { DigestView } from './modules/digests/digest-view.ts'
import type { OrderMailbox } from './modules/orders/order-envelopes.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { StationView } from './modules/stations/station-view.ts'
import type { Pipeline } from './pipeline.ts'

interface StationDigestParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly pipeline: Pipeline
  readonly mailbox: OrderMailbox
  readonly digests: DigestService
  readonly node: { readonly id: string; readonly simulated: boolean }
  readonly signal: AbortSignal
}

/** Digests of journals over the link: this node's go up, those of the nodes below are kept and compared. */
export function serveStationDigests(parts: StationDigestParts) {
  const { http, gate, database, journal, clock, newId, organisations, mailbox, digests } = parts
  const { id, simulated } = parts.node
  const names = (tx: Tx, ids: readonly string[]) => organisations.names(tx, ids)
  const service = new StationDigestService({
    database,
    journal,
    clock,
    newId,
    simulated,
    store: new DigestStore(),
    view: new DigestView(names),
    stations: new StationView(names),
    raise: async (tx, alarm) => {
      const organisation_id = await mailbox.home(tx)
      const origin = { organisation_id, node_id: id }
      await parts.pipeline.receive(tx, { ...origin, station_id: null }, alarm(origin))
    },
  })
  serve(http, stationDigestApi, stationDigestRoutes(service), gate)
  const envelopes = new DigestEnvelopes({ own: (tx) => digests.all(tx), mailbox, simulated })
  return {
    fromStation: (tx: Tx, peer: Peer, envelope: Envelope) =>
      service.fromStation(tx, peer, envelope),
    following: journal.follow(envelopes, parts.signal),
  }
}
