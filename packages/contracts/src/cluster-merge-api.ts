import { z } from 'zod'
import { Cluster, ClusterMerge, Unmerged } from './cluster.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

export const clusterMergeApi = {
  merge: endpoint({
    method: 'POST',
    path: '/api/v1/clusters/merges',
    permission: 'alert.triage',
    summary:
      'Merge clusters of one organisation under the strictest of them; nothing of them is moved',
    body: z.object({
      ids: z.array(idOf('cluster')).min(2).max(500),
      reason: z.string().trim().max(2000).default(''),
    }),
    reply: z.object({ head: Cluster, merge: ClusterMerge }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/clusters/:id/merges',
    permission: 'alert.read',
    summary: 'Merges that hold under a cluster, newest first, with what came since',
    params: z.object({ id: idOf('cluster') }),
    query: PageQuery,
    reply: pageOf(ClusterMerge),
  }),
  unmerge: endpoint({
    method: 'POST',
    path: '/api/v1/clusters/merges/:id/undo',
    permission: 'alert.triage',
    summary:
      'Take a merge back: its clusters stand alone again, as they were or as was decided since',
    params: z.object({ id: idOf('merge') }),
    body: z.object({ clusters: Unmerged.default('as-before') }),
    reply: z.object({ changed: z.array(Cluster) }),
  }),
}
