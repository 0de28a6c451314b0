import type { SavedView, SavedViewDraft } from '@haidang/contracts/saved-view'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { api } from '../api/api.ts'
import { useDescribe } from '../api/describe.ts'
import { complain } from '../components/toast.tsx'

/** What an address says of a list, without what is only looked at. */
export type Search = Readonly<Record<string, string>>

const emptied: Search = {}

/** The list that is shown, as far as views can be kept of it; an object of its own has none. */
export function useListPage(): { readonly page: string; readonly search: Search } | undefined {
  const { pathname, search } = useLocation()
  if (!/^\/[a-z][a-z-]*$/.test(pathname)) return undefined
  const kept = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'peek',
  )
  return { page: pathname, search: kept.length === 0 ? emptied : Object.fromEntries(kept) }
}

/** The reader's views of a list and those shared with them. */
export function useSavedViews(page: string) {
  return useQuery({
    queryKey: ['saved-views', page],
    queryFn: ({ signal }) => api.savedViews.list({ query: { page } }, signal),
    staleTime: 60_000,
  })
}

/** Shows the list as a view has it. */
export function useOpenView(): (
  view: Pick<SavedView, 'page' | 'search'>,
  replace?: boolean,
) => void {
  const navigate = useNavigate()
  return useCallback(
    ({ page, search }, replace = false) => void navigate({ to: page, search, replace }),
    [navigate],
  )
}

/** Begins the list with the view the reader chose, once, where its address says nothing else. */
export function useStartView(views: readonly SavedView[] | undefined, search: Search): void {
  const open = useOpenView()
  const hasBegun = useRef(Object.keys(search).length > 0)
  useEffect(() => {
    if (hasBegun.current || !views) return
    hasBegun.current = true
    const first = views.find(({ start }) => start)
    if (first && Object.keys(search).length === 0) open(first, true)
  }, [views, search, open])
}

/** Whether a view is the list as it is shown. */
export function isShown(view: Pick<SavedView, 'search'>, search: Search): boolean {
  const names = Object.keys(view.search)
  return (
    names.length === Object.keys(search).length &&
    names.every((name) => view.search[name] === search[name])
  )
}

/** An act upon views: what it changed is asked for anew, what failed is said. */
export function useViewAct<T, R>(act: (given: T) => Promise<R>, done: (made: R) => void) {
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: act,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['saved-views'] })
      done(made)
    },
    onError: (error) => complain(describe(error).title),
  })
}

/** Keeps a list under a name: as the view that is edited, else as the reader’s view of that name, else as a new one. */
export function keepView(
  draft: SavedViewDraft,
  edited: SavedView | undefined,
  own: readonly SavedView[],
): Promise<SavedView> {
  const { page: _, ...change } = draft
  const same = edited ?? own.find(({ name }) => name.toLowerCase() === draft.name.toLowerCase())
  return same
    ? api.savedViews.change({ params: { id: same.id }, body: change })
    : api.savedViews.create({ body: draft })
}
