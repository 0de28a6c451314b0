import { foldVietnamese } from './fold.ts'
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
  return { then, now: lastOf(units, then, today) }
}

/**
 * The unit of today that a code or a name means, whatever the marks and case of its letters and with or without
 * “tỉnh” or “thành phố”; former names lead to their successor. A code means what it means today.
 */
export function unitNamed(
  units: readonly AdministrativeUnit[],
  text: string,
  today: string,
): AdministrativeUnit | undefined {
  const current = units.filter((one) => isValidOn(one, today))
  const byCode = current.find(({ id }) => id === text)
  if (byCode) return byCode
  const wanted = plainName(text)
  const named = ({ name }: AdministrativeUnit) =>
    plainName(name.vi) === wanted || plainName(name.en) === wanted
  const now = current.find(named)
  if (now) return now
  const former = units.find(named)
  const last = former && lastOf(units, former, today)
  return last && isValidOn(last, today) ? last : undefined
}

function plainName(name: string): string {
  return foldVietnamese(name.trim())
    .replace(/^(tinh|thanh pho|tp\.?) /, '')
    .replace(/[\s-]+/g, ' ')
}

function lastOf(
  units: readonly AdministrativeUnit[],
  then: AdministrativeUnit,
  today: string,
): AdministrativeUnit {
  let now = then
  while (!isValidOn(now, today)) {
    const next = nextOf(units, now)
    if (!next) break
    now = next
  }
  return now
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
