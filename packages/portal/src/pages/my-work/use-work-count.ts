import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** How much is wanted from the reader and their organisation; undefined while unknown. */
export function useWorkCount() {
  return useQuery({
    queryKey: ['my-work', 'count'],
    queryFn: ({ signal }) => api.myWork.count({}, signal),
    refetchInterval: 60_000,
  }).data
}
