import { Trans } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { useDescribe } from '../api/describe.ts'
import type { Errors } from './form.ts'
import { Identifier } from './identifier.tsx'

interface ErrorSummaryProps {
  readonly errors: Errors
  readonly error?: unknown
  /** Name of each field as its label writes it. */
  readonly names?: Readonly<Record<string, string>>
}

/** What stops a form, on top of it, with a way to each field; takes the focus when it appears. */
export function ErrorSummary({ errors, error, names = {} }: ErrorSummaryProps) {
  const describe = useDescribe()
  const box = useRef<HTMLDivElement>(null)
  const fields = Object.entries(errors)
  const any = fields.length > 0 || Boolean(error)
  useEffect(() => {
    if (any) box.current?.focus()
  }, [any])
  if (!any) return null
  const description = error ? describe(error) : null
  const focus = (field: string) => {
    const form = box.current?.closest('form')
    const named = (name: string) => form?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
    // One line of many: the fault is in the field that holds them all.
    const control = named(field) ?? named(field.split('.')[0] ?? '')
    control?.focus()
  }
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-control border-critical border-l-4 bg-critical-soft px-4 py-3 text-13 outline-none"
    >
      <p className="font-semibold text-critical">
        {description ? description.title : <Trans>Còn {fields.length} chỗ cần sửa</Trans>}
      </p>
      {description?.detail ? <p>{description.detail}</p> : null}
      {fields.length > 0 ? (
        <ul className="pt-1">
          {fields.map(([field, cause]) => (
            <li key={field}>
              <button
                type="button"
                onClick={() => focus(field)}
                className="min-h-6 text-left underline underline-offset-2"
              >
                {names[field] ?? names[field.split('.')[0] ?? ''] ?? field}: {cause}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {description?.id ? <Identifier value={description.id} short={false} /> : null}
    </div>
  )
}
