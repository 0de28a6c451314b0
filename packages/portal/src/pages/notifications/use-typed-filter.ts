import { getRouteApi } from '@tanstack/react-router'

const route = getRouteApi('/shell/notifications')

/** The filter typed on a tab of this page, kept in the address. */
export function useTypedFilter() {
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const onFilter = (next: string) =>
    void navigate({
      to: '/notifications',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  return { q, onFilter }
}
