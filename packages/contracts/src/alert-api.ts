import { z } from 'zod'
import { Alert } from './alert.ts'
import { AlertDoubt } from './doubt.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'

/** An alert as it is kept: where it was put, and the doubt on its station that it falls under. */
export const KeptAlert = Alert.extend({
  cluster_id: z.string().nullable(),
  doubt: AlertDoubt.nullable().describe('the station is not relied on for that time'),
})
export type KeptAlert = z.infer<typeof KeptAlert>

export const alertApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alert.read',
    summary: 'List single alerts, newest first',
    query: PageQuery.extend({ cluster: idOf('cluster').optional() }),
    reply: pageOf(KeptAlert),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/alerts/:id',
    permission: 'alert.read',
    summary: 'Read one alert: why it fired, on what record',
    params: z.object({ id: idOf('alert') }),
    reply: KeptAlert,
  }),
}
