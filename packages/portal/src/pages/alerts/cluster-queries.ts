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
