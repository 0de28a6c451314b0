import { isValidOn, type Regulation } from './regulation.ts'

/** A province or city of the country, as one of its dated entries. */
export type AdministrativeUnit = Regulation['units'][number]

/**
 * What a code meant on a day (`2020-05-01`), and the unit of today it is or became a part of. Undefined where no
 * profile names a unit of that code on that day.
 */
export function resolveUnit(
  regulations: readonly Regulation[],
  code: string,
  day: string,
  today: string,
): { readonly then: AdministrativeUnit; readonly now: AdministrativeUnit } | undefined {
  const units = regulations.flatMap((regulation) => regulation.units)
  const then = units.find((one) => one.id === code && isValidOn(one, day))
  if (!then) return undefined
  let now = then
  while (!isValidOn(now, today)) {
    const next = nextOf(units, now)
    if (!next) break
    now = next
  }
  return { then, now }
}

/** What a unit became when it ended. It ends later itself, so that a chain of them is finite. */
function nextOf(
  units: readonly AdministrativeUnit[],
  { id, successor, valid_to }: AdministrativeUnit,
): AdministrativeUnit | undefined {
  if (valid_to === null) return undefined
  return units
    .filter(
      (one) => one.id === (successor ?? id) && (one.valid_to === null || one.valid_to > valid_to),
    )
    .toSorted((a, b) => (a.valid_from ?? '').localeCompare(b.valid_from ?? ''))[0]
}
