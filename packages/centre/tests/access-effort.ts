import { createClient, type Send } from '@haidang/contracts/client'
import { effortApi } from '@haidang/contracts/effort-api'

/** One line of a sheet. */
export const effortLines = [
  { kind: 'labour', text: 'Phân tích', unit: 'giờ công', quantity: 1, unit_price: 100_000 },
]

/** What an organisation claims for an order it was addressed by. */
export async function addEffort(own: Send, order_id: string): Promise<string> {
  return (await createClient(effortApi, own).create({ body: { order_id, lines: effortLines } })).id
}
