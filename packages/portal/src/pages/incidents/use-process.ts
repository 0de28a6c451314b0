import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** The way incidents go today. */
export function useProcess() {
  return useQuery({
    queryKey: ['incident-process'],
    queryFn: ({ signal }) => api.closingReports.process({}, signal),
    staleTime: 60 * 60_000,
  })
}
