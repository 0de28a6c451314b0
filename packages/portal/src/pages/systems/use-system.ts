import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** One information system, as the node knows it. */
export function useSystem(id: string) {
  return useQuery({
    queryKey: ['systems', 'one', id],
    queryFn: ({ signal }) => api.systems.get({ params: { id } }, signal),
  })
}
