import { isValidOn } from '@haidang/contracts/regulation'

interface Dated {
  readonly valid_from: string
  /** Last day; null: until further notice. */
  readonly valid_to: string | null
}

/** What of dated data is in force on a day, what began last first. */
export function inForceOn<D extends Dated>(all: readonly D[], day: string): D[] {
  return all
    .filter((one) => isValidOn(one, day))
    .toSorted((a, b) => (a.valid_from > b.valid_from ? -1 : 1))
}
