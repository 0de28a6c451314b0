import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'

/** How many requests wait for the reader; undefined while unknown, and for who may not see any. */
export function useWaiting() {
  const may = useMay()
  return useQuery({
    queryKey: ['approvals', 'waiting'],
    queryFn: ({ signal }) => api.approvals.waiting({}, signal),
    enabled: may('approval.read'),
    refetchInterval: 60_000,
  }).data
}
