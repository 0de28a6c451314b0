import type { ReactNode } from 'react'
import type { Pages } from '../api/pages.ts'
import { instantOf } from '../format/instant.ts'
import { gutter } from './page.tsx'
import { Failure, LoadingRows, Stale } from './states.tsx'

interface ListStatesProps {
  readonly pages: Pages<object>
  readonly empty: ReactNode
  /** The rows; shown also while newer ones cannot be had. */
  readonly children: ReactNode
}

/** What stands in place of the rows of a list: waiting, failed, nothing; above them: that they are old. */
export function ListStates({ pages: { query, items }, empty, children }: ListStatesProps) {
  const retry = () => void query.refetch()
  if (query.isPending) {
    return (
      <div className={gutter}>
        <LoadingRows />
      </div>
    )
  }
  if (items.length === 0) {
    return query.error ? <Failure error={query.error} onRetry={retry} /> : empty
  }
  return (
    <>
      {query.error ? (
        <div className={gutter}>
          <Stale since={instantOf(query.dataUpdatedAt)} onRetry={retry} />
        </div>
      ) : null}
      {children}
    </>
  )
}
