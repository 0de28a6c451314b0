import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'

/** What devices read: a list, a STIX 2.1 bundle, a response policy zone, rules for Suricata, sets for nftables. */
export const PayloadFormat = z.enum(['csv', 'stix', 'rpz', 'suricata', 'nftables'])
export type PayloadFormat = z.infer<typeof PayloadFormat>

export const orderPayloadApi = {
  payload: endpoint({
    method: 'GET',
    path: '/api/v1/orders/:id/actions/:action/payload',
    permission: 'order.read',
    reads: 'order',
    summary:
      'The indicators of one action for a device, those of the reader’s organisation where each owner gets its own; empty once the order is withdrawn',
    params: z.object({ id: idOf('order'), action: z.string().min(1).max(60) }),
    query: z.object({ format: PayloadFormat.default('csv') }),
    reply: z.unknown(),
  }),
}
