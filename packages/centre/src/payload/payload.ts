import type { ActionKind } from '@haidang/contracts/order'
import type { Tlp } from '@haidang/contracts/tlp'
import type { Indicator } from './indicator.ts'

/** What one action of an order tells devices. */
export interface Payload {
  readonly order_id: string
  readonly number: string
  readonly version: number
  readonly issuer_id: string
  readonly issuer_name: string
  readonly issued_at: string
  readonly updated_at: string
  readonly tlp: Tlp
  readonly simulated: boolean
  readonly action_id: string
  readonly action_kind: ActionKind
  readonly due_at: string | null
  readonly indicators: readonly Indicator[]
}

/** A number as comments and names of devices may carry it: nothing but plain letters, digits and hyphens. */
export function plainNumber(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[Đđ]/g, 'D')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 60)
}
