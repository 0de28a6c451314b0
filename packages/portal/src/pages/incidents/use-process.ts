import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** The way incidents go today; undefined until it is there. */
export function useProcess() {
  return useQuery({
    queryKey: ['incident-process'],
    queryFn: ({ signal }) => api.closingReports.process({}, signal),
    staleTime: 60 * 60_000,
  }).data
}
