import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { inputTime, instantOfInput } from '../../format/instant.ts'
import type { Span } from './event-range.ts'

interface CustomRangeProps {
  readonly span: Span
  readonly onChange: (range: { from: string; to: string }) => void
}

/** From and to, by the clock of Vietnam. */
export function CustomRange({ span, onChange }: CustomRangeProps) {
  const { t } = useLingui()
  const [wrong, setWrong] = useState(false)
  const apply = (form: FormData) => {
    const from = instantOfInput(text(form, 'from'))
    const to = instantOfInput(text(form, 'to'))
    const usable = from !== undefined && to !== undefined && from < to
    setWrong(!usable)
    if (usable) onChange({ from, to })
  }
  return (
    <form
      key={`${span.from} ${span.to}`}
      onSubmit={submitted(apply)}
      className="flex flex-wrap items-center gap-2"
    >
      <Input
        name="from"
        type="datetime-local"
        aria-label={t`Từ lúc`}
        defaultValue={inputTime(span.from)}
        className="w-52"
      />
      <span className="text-ink-3">{t`đến`}</span>
      <Input
        name="to"
        type="datetime-local"
        aria-label={t`Đến lúc`}
        defaultValue={inputTime(span.to)}
        className="w-52"
      />
      <Button type="submit">{t`Áp dụng`}</Button>
      <span className="text-12 text-ink-3">+07:00</span>
      {wrong ? (
        <p role="alert" className="text-12 text-critical">{t`Lúc kết thúc phải sau lúc bắt đầu`}</p>
      ) : null}
    </form>
  )
}
