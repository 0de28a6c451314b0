import { z } from 'zod'
import { Alert } from './alert.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

export const alertApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alert.read',
    summary: 'List single alerts, newest first',
    query: PageQuery.extend({ cluster: idOf('cluster').optional() }),
    reply: pageOf(Alert),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/alerts/:id',
    permission: 'alert.read',
    summary: 'Read one alert: why it fired, on what record',
    params: z.object({ id: idOf('alert') }),
    reply: Alert.extend({ cluster_id: z.string().nullable() }),
  }),
}
