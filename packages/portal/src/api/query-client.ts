import { QueryClient } from '@tanstack/react-query'
import { Refusal } from './send.ts'

/** A refusal will not change by asking again; silence may. */
function retry(failures: number, error: Error): boolean {
  return !(error instanceof Refusal) && failures < 2
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, staleTime: 10_000, gcTime: 300_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
