import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { withTerm } from '../../components/filter-tree.ts'

/** The tasks of an incident in their order; it has at most as many as a page holds. */
export const tasksOf = (incident: string) =>
  queryOptions({
    queryKey: ['tasks', 'of', incident],
    queryFn: ({ signal }) =>
      api.tasks.list(
        { query: { limit: 500, filter: withTerm('', 'incident_id', incident), sort: 'position' } },
        signal,
      ),
  })
