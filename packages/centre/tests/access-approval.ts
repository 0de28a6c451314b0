import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient, type Send } from '@haidang/contracts/client'
import type { orderApi } from '@haidang/contracts/order-api'
import type { z } from 'zod'

/** Asks a second person to let an order go out; the id of the request. */
export async function askToIssue(
  send: Send,
  payload: z.input<(typeof orderApi)['issue']['body']>,
): Promise<string> {
  const act = { kind: 'order.issue', payload } as const
  return (await createClient(approvalApi, send).ask({ body: { act, reason: 'thử' } })).id
}
