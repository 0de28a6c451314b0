import { clusterMergeApi } from '@haidang/contracts/cluster-merge-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { type ClusterMergeParts, ClusterMergeService } from './cluster-merge-service.ts'
import { ClusterMergeStore } from './cluster-merge-store.ts'

interface MergingWiring extends Omit<ClusterMergeParts, 'store'> {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** Merging what turned out to be one thing, and taking it back. */
export function serveMerging({ http, gate, ...parts }: MergingWiring): void {
  const clusters = new ClusterMergeService({ ...parts, store: new ClusterMergeStore() })
  serve(
    http,
    clusterMergeApi,
    {
      merge: ({ caller, body }) => clusters.merge(caller, body.ids, body.reason),
      list: ({ caller, params, query }) => clusters.list(caller, params.id, query),
      unmerge: ({ caller, params, body }) => clusters.unmerge(caller, params.id, body.clusters),
    },
    gate,
  )
}
