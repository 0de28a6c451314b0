import { type FormContent, type FormRow, partsOf, saidBy } from '@haidang/contracts/form-content'
import type { FormField } from '@haidang/contracts/form-definition'
import { columnsOf } from '@haidang/contracts/form-shape'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Check, Field } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { CellInput } from './cell-input.tsx'
import { partName } from './field-name.ts'
import { RowFields } from './row-fields.tsx'

interface FormFieldProps {
  readonly field: FormField
  readonly content: FormContent
  readonly wrong: Errors
  readonly onChange: (key: string, value: FormContent[string]) => void
}

/** One field of a form, whatever its kind. */
export function FormFieldControl({ field, content, wrong, onChange }: FormFieldProps) {
  const { key, kind } = field
  const value = saidBy(content, key)
  const change = (next: FormContent[string]) => onChange(key, next)
  if (kind === 'table' || kind === 'file') {
    return <RowFields field={field} value={value} wrong={wrong} onChange={change} />
  }
  if (kind === 'several')
    return <Several field={field} value={value} wrong={wrong} onChange={change} />
  if (kind === 'person' || kind === 'contact' || kind === 'organisation') {
    return <Somebody field={field} value={value} wrong={wrong} onChange={change} />
  }
  return <OneValue field={field} value={value} wrong={wrong} onChange={change} />
}

interface ControlProps {
  readonly field: FormField
  readonly value: FormContent[string] | undefined
  readonly wrong: Errors
  readonly onChange: (value: FormContent[string]) => void
}

function OneValue({ field, value, wrong, onChange }: ControlProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const { key, label, help, required, clause } = field
  return (
    <Field
      label={clause ? `${clause}. ${label[language]}` : label[language]}
      help={help?.[language]}
      error={wrong[key]}
      optional={required ? undefined : t`không bắt buộc`}
    >
      <CellInput
        part={field}
        name={key}
        value={typeof value === 'string' || typeof value === 'number' ? value : ''}
        onChange={onChange}
      />
    </Field>
  )
}

/** Several controls that say one thing together. */
function Group({ field, children }: { field: FormField; children: ReactNode }) {
  const { t } = useLingui()
  const { language } = useWords()
  const { clause, label, help, required } = field
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-control border px-3 pt-1 pb-3">
      <legend className="px-1 font-medium text-13">
        {clause ? `${clause}. ` : ''}
        {label[language]}
        {required ? null : (
          <span className="ml-2 font-normal text-12 text-ink-3">{t`không bắt buộc`}</span>
        )}
      </legend>
      {help ? <p className="text-12 text-ink-3">{help[language]}</p> : null}
      {children}
    </fieldset>
  )
}

function Several({ field, value, wrong, onChange }: ControlProps) {
  const { language } = useWords()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const toggle = (id: string, on: boolean) =>
    onChange(
      field.options
        .map((option) => option.id)
        .filter((each) => (each === id ? on : chosen.includes(each))),
    )
  return (
    <Group field={field}>
      {field.options.map((option, place) => (
        <Check
          key={option.id}
          {...(place === 0 ? { name: field.key } : {})}
          checked={chosen.includes(option.id)}
          onChange={(event) => toggle(option.id, event.currentTarget.checked)}
        >
          {option.name[language]}
        </Check>
      ))}
      {wrong[field.key] ? (
        <p className="font-medium text-12 text-critical">{wrong[field.key]}</p>
      ) : null}
    </Group>
  )
}

function Somebody({ field, value, wrong, onChange }: ControlProps) {
  const { language } = useWords()
  const parts: FormRow = partsOf(value)
  const shown = columnsOf(field).filter(({ key }) => key !== 'id')
  return (
    <Group field={field}>
      <div className="grid gap-3 sm:grid-cols-2">
        {shown.map((part) => {
          const name = `${field.key}.${part.key}`
          return (
            <Field key={part.key} label={partName(field, part.key, language)} error={wrong[name]}>
              <CellInput
                part={part}
                name={name}
                value={parts[part.key] ?? ''}
                onChange={(next) => onChange({ ...parts, [part.key]: next })}
              />
            </Field>
          )
        })}
      </div>
    </Group>
  )
}
