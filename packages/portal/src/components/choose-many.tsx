import { foldVietnamese } from '@haidang/contracts/fold'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Check, Input } from './field.tsx'

interface Choice {
  readonly value: string
  readonly name: string
}

interface ChooseManyProps {
  /** Of the form control that carries what is chosen. */
  readonly name: string
  readonly label: string
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly choices: readonly Choice[]
  readonly defaultValue: readonly string[]
  /** What the search is by. */
  readonly search: string
  /** A typed text that is no choice but may be taken all the same. */
  readonly also?: (text: string) => boolean
  /** What stands where nothing is chosen; `any` unless told. */
  readonly none?: string
  readonly onChange?: (chosen: readonly string[]) => void
  readonly className?: string
}

/** Several of many: typing narrows the list, the space bar takes; what is chosen stays in sight, also what the list does not know. */
export function ChooseMany({ choices, defaultValue, also, onChange, ...rest }: ChooseManyProps) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState(defaultValue)
  const [text, setText] = useState('')
  const known = new Set(choices.map(({ value }) => value))
  const typed = text.trim()
  const unknown = [
    ...new Set([...defaultValue, ...chosen, ...(also?.(typed) ? [typed] : [])]),
  ].filter((value) => !known.has(value))
  const all = [...choices, ...unknown.map((value) => ({ value, name: value }))]
  const found = matching(all, text, chosen)
  const take = (value: string, isTaken: boolean) => {
    const next = isTaken ? [...chosen, value] : chosen.filter((each) => each !== value)
    setChosen(next)
    onChange?.(next)
  }
  const { name, label, help, error, search, none, className } = rest
  return (
    <fieldset className={className} aria-invalid={error ? true : undefined}>
      <legend className="pb-1 font-medium text-13">
        {label}
        <span className="ml-2 font-normal text-12 text-ink-3">
          {chosen.length === 0 ? (none ?? t`bất kỳ`) : t`đã chọn ${chosen.length}`}
        </span>
      </legend>
      {chosen.map((value) => (
        <input key={value} type="hidden" name={name} value={value} />
      ))}
      <Input
        type="search"
        aria-label={search}
        placeholder={search}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter in a search narrows; it does not send the form.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <p role="status" className="sr-only">{t`${found.length} lựa chọn`}</p>
      {found.length === 0 ? (
        <p className="py-2 text-13 text-ink-3">{t`Không có gì khớp.`}</p>
      ) : (
        <ul className="mt-1 max-h-40 overflow-y-auto rounded-control border px-2.5 py-1">
          {found.map(({ value, name: words }) => (
            <li key={value} className="min-w-0">
              <Check
                className="flex w-full min-w-0 break-all"
                checked={chosen.includes(value)}
                onChange={(event) => take(value, event.currentTarget.checked)}
              >
                {words}
                {known.has(value) ? null : (
                  <span className="ml-2 text-12 text-ink-3">{t`không có trong danh sách`}</span>
                )}
              </Check>
            </li>
          ))}
        </ul>
      )}
      {help ? <p className="pt-1 text-12 text-ink-3">{help}</p> : null}
      {error ? <p className="pt-1 font-medium text-12 text-critical">{error}</p> : null}
    </fieldset>
  )
}

/** Every word looked for stands in the name or the value; what is chosen is always there. */
function matching(choices: readonly Choice[], text: string, chosen: readonly string[]): Choice[] {
  const wanted = foldVietnamese(text).split(/\s+/).filter(Boolean)
  return choices.filter(({ value, name }) => {
    const about = `${foldVietnamese(name)} ${value.toLowerCase()}`
    return chosen.includes(value) || wanted.every((word) => about.includes(word))
  })
}
