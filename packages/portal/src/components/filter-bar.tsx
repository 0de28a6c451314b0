import { parseFilter, printFilter } from '@haidang/contracts/filter'
import { useLingui } from '@lingui/react/macro'
import { CircleHelp, ListFilter, X } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { SavedViews } from '../views/saved-views.tsx'
import { conditions, without } from './filter-tree.ts'
import { Keys } from './keys.tsx'
import { Tip } from './tip.tsx'

interface FilterBarProps {
  readonly value: string
  readonly onChange: (filter: string) => void
  readonly fields: readonly string[]
  /** A filter as one may write it here. */
  readonly example: string
  readonly children?: ReactNode
}

/** One filter, typed or clicked: the text and the chips under it are the same tree. */
export function FilterBar({ value, onChange, fields, example, children }: FilterBarProps) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<{ at: number; text: string } | null>(null)
  // Uncontrolled, so that Telex composes in peace; what was clicked elsewhere is written in when it changes.
  useEffect(() => {
    if (input.current && input.current.value !== value) input.current.value = value
    setProblem(null)
  }, [value])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = input.current?.value.trim() ?? ''
    const parsed = parseFilter(text)
    if (!parsed.ok) {
      setProblem({ at: parsed.at, text: parsed.expected })
      return
    }
    const unknown = unknownField(text, fields)
    if (unknown) setProblem({ at: text.indexOf(unknown), text: t`không có trường "${unknown}"` })
    else {
      setProblem(null)
      onChange(text)
    }
  }
  const chips = conditions(value)
  const known = fields.join(', ')
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <search className="min-w-60 flex-1">
          <form onSubmit={submit} className="relative">
            <ListFilter
              aria-hidden="true"
              className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3"
            />
            <input
              ref={input}
              data-search=""
              defaultValue={value}
              aria-label={t`Bộ lọc`}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? 'filter-problem' : undefined}
              placeholder={t`Lọc, ví dụ ${example}`}
              autoComplete="off"
              spellCheck={false}
              className="h-8 w-full rounded-control border border-control/70 bg-surface pr-16 pl-8 font-mono text-12 hover:border-control aria-invalid:border-critical"
            />
            <span className="absolute top-1 right-1.5 flex items-center gap-1">
              <Tip
                text={t`Trường lọc được: ${known}. Nối bằng and, or, not; giá trị có dấu cách đặt trong ngoặc kép.`}
              >
                <button
                  type="button"
                  aria-label={t`Cách viết bộ lọc`}
                  className="grid size-6 place-items-center rounded-control text-ink-3 hover:text-ink"
                >
                  <CircleHelp className="size-4" />
                </button>
              </Tip>
              <Keys keys="/" />
            </span>
          </form>
        </search>
        {children}
        <SavedViews />
      </div>
      {problem ? (
        <p id="filter-problem" role="alert" className="text-12 text-critical">
          {t`Bộ lọc sai ở ký tự ${problem.at + 1}:`} {problem.text}
        </p>
      ) : null}
      {chips.length > 0 ? (
        <ul className="flex flex-wrap items-center gap-1.5" aria-label={t`Điều kiện đang lọc`}>
          {chips.map((node, index) => {
            const text = printFilter(node)
            return (
              <li
                key={text}
                className="inline-flex h-6 max-w-full items-center rounded-full bg-accent-soft pl-2.5 font-mono text-12 text-accent"
              >
                <span className="truncate">{text}</span>
                <button
                  type="button"
                  aria-label={t`Bỏ điều kiện ${text}`}
                  onClick={() => onChange(without(value, index))}
                  className="grid size-6 place-items-center rounded-full hover:text-ink"
                >
                  <X className="size-3" />
                </button>
              </li>
            )
          })}
          {chips.length > 1 ? (
            <li>
              <button
                type="button"
                onClick={() => onChange('')}
                className="min-h-6 px-1 text-12 text-ink-2 underline underline-offset-2 hover:text-ink"
              >
                {t`Bỏ tất cả`}
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
    </div>
  )
}

/** A field the list does not have, so that a slip is named before the node is asked. */
function unknownField(text: string, fields: readonly string[]): string | undefined {
  const known = new Set(fields)
  for (const [, field] of text
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .matchAll(/(?:^|[\s(])([A-Za-z_][\w.]*)(?::|>=|<=|>|<)/g)) {
    if (field && !known.has(field)) return field
  }
  return undefined
}
