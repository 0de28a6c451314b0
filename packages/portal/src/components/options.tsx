import { Tlp } from '@haidang/contracts/tlp'

interface Named {
  readonly id: string
  readonly name: string
}

/** The choices of a select: organisations, roles, or whatever else has a name. */
export function NamedOptions({ of }: { of: readonly Named[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
}

/** The languages one may be addressed in, each in its own words. */
export function LanguageOptions() {
  return (
    <>
      <option value="vi">Tiếng Việt</option>
      <option value="en">English</option>
    </>
  )
}

/** The labels of the Traffic Light Protocol, as they are always written. */
export function TlpOptions() {
  return Tlp.options.map((tlp) => (
    <option key={tlp} value={tlp}>
      TLP:{tlp.toUpperCase()}
    </option>
  ))
}
