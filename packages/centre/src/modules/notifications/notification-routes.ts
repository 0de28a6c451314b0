import type { notificationApi } from '@haidang/contracts/notification-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { Names } from '../../names.ts'
import type { NotificationService } from './notification-service.ts'

export function notificationRoutes(
  notifications: NotificationService,
  names: Names,
): Handlers<typeof notificationApi> {
  return {
    list: ({ caller, query }) => notifications.list(caller, query),
    unread: ({ caller }) => notifications.unread(caller),
    read: ({ caller, body }) => notifications.markRead(caller, body.ids),
    deliveries: ({ caller, query }) => notifications.deliveries(caller, query, names.organisations),
  }
}
