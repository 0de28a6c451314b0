import { Plural, useLingui } from '@lingui/react/macro'
import { Input, Select } from './field.tsx'

interface PeriodInputProps {
  /** What it is the period of. */
  readonly name: string
  /** ISO 8601, as P90D, P6M, P2Y. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A period as a number and a unit; a text that is neither days, months nor years shows no number. */
export function PeriodInput({ name, value, onChange }: PeriodInputProps) {
  const { t } = useLingui()
  const { count, unit } = partsOf(value)
  const number = Number(count)
  return (
    <span className="flex gap-2">
      <Input
        aria-label={t`${name}: số`}
        inputMode="numeric"
        maxLength={4}
        value={count}
        className="w-16"
        onChange={({ target }) => onChange(`P${target.value.replace(/\D/g, '')}${unit}`)}
      />
      <Select
        id={undefined}
        aria-label={t`${name}: đơn vị`}
        value={unit}
        onChange={({ target }) => onChange(`P${count}${target.value}`)}
      >
        <option value="D">
          <Plural value={number} other="ngày" />
        </option>
        <option value="M">
          <Plural value={number} other="tháng" />
        </option>
        <option value="Y">
          <Plural value={number} other="năm" />
        </option>
      </Select>
    </span>
  )
}

function partsOf(period: string): { count: string; unit: string } {
  const [, count = '', unit = 'D'] = /^P(\d*)([DWMY])$/.exec(period) ?? []
  return unit === 'W' ? { count: String(Number(count) * 7), unit: 'D' } : { count, unit }
}
