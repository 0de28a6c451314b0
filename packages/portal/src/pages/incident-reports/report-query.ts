import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** One report with the forms submitted for it. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident-reports', 'one', id],
    queryFn: ({ signal }) => api.incidentReports.get({ params: { id } }, signal),
  })
