import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

export const factorsQuery = queryOptions({
  queryKey: ['factors'],
  queryFn: ({ signal }) => api.factors.read({}, signal),
})
