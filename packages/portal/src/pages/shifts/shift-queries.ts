import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** Who is on duty now. */
export const dutyQuery = queryOptions({
  queryKey: ['shifts', 'duty'],
  queryFn: ({ signal }) => api.shifts.duty({ query: {} }, signal),
  refetchInterval: 60_000,
})

/** Who of an organisation may stand shifts. */
export const shiftPeopleQuery = (organisation_id: string) =>
  queryOptions({
    queryKey: ['shifts', 'people', organisation_id],
    queryFn: ({ signal }) => api.shifts.people({ query: { organisation_id } }, signal),
    staleTime: 60_000,
  })

/** The roster of some days. */
export const rosterQuery = (organisation_id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['shifts', 'roster', organisation_id, from, to],
    queryFn: ({ signal }) => api.shifts.roster({ query: { organisation_id, from, to } }, signal),
  })
