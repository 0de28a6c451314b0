import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Delivery, Notification } from './notification.ts'
import { PageQuery, pageOf } from './page.ts'

const Unread = z.object({ unread: z.int() })

/** What the caller is told, and what became of mails about what one sees. */
export const notificationApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/notifications',
    permission: 'signed-in',
    summary: 'List what the caller was told, newest first',
    query: PageQuery,
    reply: pageOf(Notification),
  }),
  unread: endpoint({
    method: 'GET',
    path: '/api/v1/notifications/unread',
    permission: 'signed-in',
    summary: 'How much of it the caller has not read',
    reply: Unread,
  }),
  read: endpoint({
    method: 'POST',
    path: '/api/v1/notifications/read',
    permission: 'signed-in',
    summary: 'Mark some as read; all without a list',
    body: z.object({ ids: z.array(idOf('notification')).min(1).max(500).optional() }),
    reply: Unread,
  }),
  deliveries: endpoint({
    method: 'GET',
    path: '/api/v1/deliveries',
    permission: 'delivery.read',
    summary: 'List mails to or from the organisations the caller sees, newest first',
    query: PageQuery,
    reply: pageOf(Delivery),
  }),
}
