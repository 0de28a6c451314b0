import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** How much the reader has not read; live changes renew it, and who may not follow them asks now and then. */
export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: ({ signal }) => api.notifications.unread({}, signal),
  refetchInterval: 60_000,
})
