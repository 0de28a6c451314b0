import { z } from 'zod'
import { Cluster, Spread, TriageAct } from './cluster.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

export const clusterApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/clusters',
    permission: 'alert.read',
    summary: 'List alert clusters for triage',
    query: PageQuery,
    reply: pageOf(Cluster),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/clusters/:id',
    permission: 'alert.read',
    summary: 'Read one cluster',
    params: z.object({ id: idOf('cluster') }),
    reply: Cluster,
  }),
  spread: endpoint({
    method: 'GET',
    path: '/api/v1/clusters/:id/spread',
    permission: 'alert.read',
    summary:
      'What a cluster about spread is made of: organisations, their clusters, common observables',
    params: z.object({ id: idOf('cluster') }),
    reply: Spread,
  }),
  histogram: endpoint({
    method: 'GET',
    path: '/api/v1/clusters/histogram',
    permission: 'alert.read',
    summary: 'Alerts over time by severity, for the filter given',
    query: z.object({
      filter: z.string().max(2048).optional(),
      from: z.string().max(40),
      to: z.string().max(40),
      buckets: z.coerce.number().int().min(10).max(400).default(96),
    }),
    reply: z.object({
      buckets: z.array(z.object({ start: z.string(), severity: z.string(), count: z.number() })),
      bucket_seconds: z.number(),
    }),
  }),
  triage: endpoint({
    method: 'POST',
    path: '/api/v1/clusters/triage',
    permission: 'alert.triage',
    summary: 'One act on one or many clusters; the answer carries what undo needs',
    body: z.object({
      ids: z.array(idOf('cluster')).min(1).max(500),
      act: TriageAct,
    }),
    reply: z.object({ changed: z.array(Cluster), undo: z.string().nullable() }),
  }),
  undo: endpoint({
    method: 'POST',
    path: '/api/v1/clusters/undo',
    permission: 'alert.triage',
    summary: 'Take back a triage act, where nobody has changed the cluster since',
    body: z.object({ undo: z.string().max(200) }),
    reply: z.object({ changed: z.array(Cluster), skipped: z.number() }),
  }),
}
