import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { instantOf } from '../format/instant.ts'
import { Failure, LoadingPage, Stale } from './states.tsx'

interface AskedProps<T> {
  readonly query: UseQueryResult<T>
  readonly loading?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** What a query answered, or the state it is in: loading, failed, refused, or shown but stale. */
export function Asked<T>({ query, loading, children }: AskedProps<T>) {
  const retry = () => void query.refetch()
  if (query.data === undefined) {
    return query.error ? (
      <Failure error={query.error} onRetry={retry} />
    ) : (
      (loading ?? <LoadingPage />)
    )
  }
  return (
    <>
      {query.error ? <Stale since={instantOf(query.dataUpdatedAt)} onRetry={retry} /> : null}
      {children(query.data)}
    </>
  )
}
