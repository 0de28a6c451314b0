import type { AdvisoryDraft } from '@haidang/contracts/advisory'
import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import { keepOverReload } from '../../components/over-reload.ts'

/** An addressee while a draft is written. */
export interface Recipient {
  readonly name: string
  /** Lines only this addressee is told. */
  readonly details: readonly string[]
}

/** Addressees by the organisation's id. */
export type Recipients = ReadonlyMap<string, Recipient>

export function recipientsOf(addressees: AdvisoryDraft['addressees']): Recipients {
  return new Map(
    addressees.map(({ organisation_id, organisation_name, details }) => [
      organisation_id,
      { name: organisation_name, details },
    ]),
  )
}

/** With those found by what is known of them; what belongs to one is told to that one alone. */
export function withFound(recipients: Recipients, found: readonly ChosenAddressee[]): Recipients {
  const next = new Map(recipients)
  for (const { organisation_id, organisation_name, indicators } of found) {
    const details = new Set([...(next.get(organisation_id)?.details ?? []), ...indicators])
    next.set(organisation_id, { name: organisation_name, details: [...details] })
  }
  return next
}

/** As the contract wants them. */
export function addresseesOf(recipients: Recipients) {
  return [...recipients].map(([organisation_id, { details }]) => ({
    organisation_id,
    details: written(details),
  }))
}

/** Lines that say something. */
export function written(details: readonly string[]): string[] {
  return details.map((line) => line.trim()).filter(Boolean)
}

const nameOf = (key: string) => `haidang.draft.${key}.recipients`

/** Whom somebody chose and did not save yet, as the browser kept it. */
export function keptRecipients(key: string, store: Storage = localStorage): Recipients | undefined {
  const kept = store.getItem(nameOf(key))
  return kept === null ? undefined : new Map(JSON.parse(kept) as [string, Recipient][])
}

/** Keeps whom somebody chose over a reload. */
export function keepRecipients(
  key: string,
  recipients: Recipients,
  store: Storage = localStorage,
): void {
  keepOverReload(nameOf(key), JSON.stringify([...recipients]), store)
}

export function forgetRecipients(key: string, store: Storage = localStorage): void {
  store.removeItem(nameOf(key))
}
