import type { SampleQuery } from '@haidang/contracts/source-samples'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'

/** Products change with the program only. */
export const productsQuery = queryOptions({
  queryKey: ['source-products'],
  queryFn: ({ signal }) => api.sources.products({}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const entranceQuery = queryOptions({
  queryKey: ['source-entrance'],
  queryFn: ({ signal }) => api.sources.entrance({}, signal),
})

/** Sources in use, for names that are free. */
export const takenNamesQuery = queryOptions({
  queryKey: ['sources', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await api.sources.list({ query: { limit: 500 } }, signal)
    return items.map(({ name }) => name)
  },
})

const waitingEvery = 1500
const watchingEvery = 5000

/** What lately came from a source; asked again soon while nothing came, and now and then after. */
export const samplesQuery = (id: string, query: SampleQuery = {}) =>
  queryOptions({
    queryKey: ['source-samples', id, query],
    queryFn: ({ signal }) => api.sources.samples({ params: { id }, query }, signal),
    refetchInterval: ({ state }) =>
      (state.data?.survey.records ?? 0) > 0 ? watchingEvery : waitingEvery,
  })

/** The token of a source that was just made: shown once, kept in memory only, gone after a reload. */
export const tokenQuery = (id: string) =>
  queryOptions<string | null>({
    queryKey: ['source-token', id],
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
