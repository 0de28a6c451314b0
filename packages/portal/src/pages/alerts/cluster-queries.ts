import type { Cluster } from '@haidang/contracts/cluster'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** The cluster of an address: named itself, or by one of its alerts. */
export function clusterQuery(id: string) {
  return queryOptions({
    queryKey: ['clusters', 'one', id],
    queryFn: async ({ signal }) => {
      if (!id.startsWith('alt_')) return api.clusters.get({ params: { id } }, signal)
      const alert = await api.alerts.get({ params: { id } }, signal)
      return api.clusters.get({ params: { id: alert.cluster_id ?? '' } }, signal)
    },
  })
}

export function alertQuery(id: string) {
  return queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => api.alerts.get({ params: { id } }, signal),
  })
}

/** Whether a cluster says that something is at several organisations. */
export function isSpread({ detector, rule_id }: Cluster): boolean {
  return detector === 'correlation' && rule_id.startsWith('spread:')
}

/** Read again with every further organisation. */
export function spreadQuery({ id, alert_count }: Cluster) {
  return queryOptions({
    queryKey: ['clusters', 'spread', id, alert_count],
    queryFn: ({ signal }) => api.clusters.spread({ params: { id } }, signal),
  })
}

/** What a cluster is about, as a text to search for; undefined where it is a rule. */
export function entityOf(cluster: Cluster): string | undefined {
  return isSpread(cluster) && cluster.rule_id.startsWith('spread:rule:')
    ? undefined
    : cluster.entity
}
