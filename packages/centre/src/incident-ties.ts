import { incidentBulkApi } from '@haidang/contracts/incident-bulk-api'
import { incidentLinkApi } from '@haidang/contracts/incident-link-api'
import { incidentMergeApi } from '@haidang/contracts/incident-merge-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import {
  type IncidentBulkParts,
  IncidentBulkService,
} from './incident-bulk/incident-bulk-service.ts'
import { IncidentUndoStore } from './incident-bulk/incident-undo-store.ts'
import {
  type IncidentLinkParts,
  IncidentLinkService,
} from './incident-links/incident-link-service.ts'
import { IncidentLinkStore } from './incident-links/incident-link-store.ts'
import { type IncidentMergeParts, IncidentMergeService } from './merging/incident-merge-service.ts'
import { IncidentMergeStore } from './merging/incident-merge-store.ts'

interface Wiring extends Omit<IncidentMergeParts, 'merges' | 'incidents'> {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly incidents: IncidentMergeParts['incidents'] & IncidentLinkParts['incidents']
  readonly names: IncidentBulkParts['names']
  readonly steps: IncidentBulkParts['steps']
}

/** Incidents that are one, that belong together, or that one act is for. */
export function serveIncidentTies({ http, gate, ...parts }: Wiring): void {
  const merges = new IncidentMergeService({ ...parts, merges: new IncidentMergeStore() })
  serve(
    http,
    incidentMergeApi,
    {
      preview: ({ caller, body }) => merges.preview(caller, body),
      merge: ({ caller, body }) => merges.merge(caller, body),
      list: ({ caller, params, query }) => merges.list(caller, params.id, query),
      unmerge: ({ caller, params, body }) => merges.unmerge(caller, params.id, body),
    },
    gate,
  )
  const links = new IncidentLinkService({ ...parts, links: new IncidentLinkStore() })
  serve(
    http,
    incidentLinkApi,
    {
      list: ({ caller, params, query }) => links.list(caller, params.id, query),
      add: ({ caller, params, body }) => links.add(caller, params.id, body),
      remove: async ({ caller, params }) => {
        await links.remove(caller, params.id, params.link)
        return {}
      },
    },
    gate,
  )
  const bulk = new IncidentBulkService({ ...parts, undos: new IncidentUndoStore() })
  serve(
    http,
    incidentBulkApi,
    {
      act: ({ caller, body }) => bulk.act(caller, body.ids, body.act),
      undo: ({ caller, body }) => bulk.undo(caller, body.undo),
    },
    gate,
  )
}
