import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { anyOf } from '../../components/filter-tree.ts'

/** The tasks of incidents in their order; one has at most as many as a page holds. */
export const tasksOf = (...incidents: readonly string[]) => {
  const filter = anyOf('incident_id', incidents)
  return queryOptions({
    queryKey: ['tasks', 'of', filter],
    queryFn: ({ signal }) =>
      api.tasks.list({ query: { limit: 500, filter, sort: 'position' } }, signal),
  })
}
