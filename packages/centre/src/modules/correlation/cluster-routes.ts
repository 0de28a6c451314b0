import type { clusterApi } from '@haidang/contracts/cluster-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ClusterService } from './cluster-service.ts'
import type { SpreadService } from './spread-service.ts'
import type { TriageService } from './triage-service.ts'

export function clusterRoutes(
  clusters: ClusterService,
  triage: TriageService,
  spread: SpreadService,
): Handlers<typeof clusterApi> {
  return {
    list: ({ caller, query }) => clusters.list(caller, query),
    get: ({ caller, params }) => clusters.get(caller, params.id),
    spread: ({ caller, params }) => spread.of(caller, params.id),
    histogram: ({ caller, query }) => clusters.histogram(caller, query),
    triage: ({ caller, body }) => triage.triage(caller, body.ids, body.act),
    undo: ({ caller, body }) => triage.undo(caller, body.undo),
  }
}
