import type { Page } from '@haidang/contracts/page'
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

/** A list that grows past this is better filtered than scrolled. */
const maximumPages = 200

interface PagesOptions<P> {
  readonly queryKey: readonly unknown[]
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<P>
  readonly enabled?: boolean
}

/** A list endpoint read page by page as the reader scrolls. */
export function usePages<P extends Page<unknown>>({
  queryKey,
  read,
  enabled = true,
}: PagesOptions<P>) {
  const query = useInfiniteQuery<P, Error, InfiniteData<P>, readonly unknown[], string | undefined>(
    {
      queryKey,
      queryFn: ({ pageParam, signal }) => read(pageParam, signal),
      initialPageParam: undefined,
      getNextPageParam: (last, all) =>
        all.length < maximumPages ? (last.next ?? undefined) : undefined,
      placeholderData: keepPreviousData,
      enabled,
    },
  )
  const items = useMemo<P['items'][number][]>(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  )
  return { query, items, total: query.data?.pages[0]?.total }
}
export type Pages<T> = ReturnType<typeof usePages<Page<T>>>
