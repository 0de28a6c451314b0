import { useLingui } from '@lingui/react/macro'
import { type Range, ranges } from '../search.ts'
import { Select } from './field.tsx'

interface RangeSelectProps {
  readonly value: Range | 'custom'
  readonly onChange: (range: Range) => void
  readonly onCustom?: () => void
}

/** How far back to look. */
export function RangeSelect({ value, onChange, onCustom }: RangeSelectProps) {
  const { t } = useLingui()
  const names: Record<Range, string> = {
    '15m': t`15 phút qua`,
    '1h': t`1 giờ qua`,
    '4h': t`4 giờ qua`,
    '24h': t`24 giờ qua`,
    '7d': t`7 ngày qua`,
    '30d': t`30 ngày qua`,
  }
  const pick = (name: string) => {
    const range = ranges.find((known) => known === name)
    if (range) onChange(range)
    else onCustom?.()
  }
  return (
    <Select
      aria-label={t`Khoảng thời gian`}
      value={value}
      onChange={(event) => pick(event.currentTarget.value)}
      className="w-36"
    >
      {ranges.map((range) => (
        <option key={range} value={range}>
          {names[range]}
        </option>
      ))}
      {onCustom ? <option value="custom">{t`Từ … đến …`}</option> : null}
    </Select>
  )
}
