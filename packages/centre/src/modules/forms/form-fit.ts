import {
  type FormContent,
  type FormRow,
  type FormValue,
  isEmpty,
  partsOf,
  rowsOf,
  saidBy,
} from '@haidang/contracts/form-content'
import { type FormDefinition, type FormField, fieldsOf } from '@haidang/contracts/form-definition'
import { columnsOf, shapeFaults } from '@haidang/contracts/form-shape'
import type { FormSources } from './form-use.ts'

/** A form filled from the registers. */
export function filledFrom(definition: FormDefinition, sources: FormSources): FormContent {
  const filled = fieldsOf(definition).flatMap((field) => {
    const { key, source } = field
    const value = source === undefined ? undefined : fitted(field, saidBy(sources, source))
    return value === undefined || !fits(definition, key, value) ? [] : [[key, value] as const]
  })
  return Object.fromEntries(filled)
}

/** What of a content fits another definition, by the keys of fields; `left`: keys of what does not. */
export function carriedOver(
  definition: FormDefinition,
  content: FormContent,
): { content: FormContent; left: string[] } {
  const fields = new Map(fieldsOf(definition).map((field) => [field.key, field]))
  const told = Object.entries(content).filter(([, value]) => !isEmpty(value))
  const kept = told.filter(([key, value]) => {
    const field = fields.get(key)
    return field && fits(definition, key, value) && isAmong(field, value)
  })
  const keys = new Set(kept.map(([key]) => key))
  return {
    content: Object.fromEntries(kept),
    left: told.map(([key]) => key).filter((key) => !keys.has(key)),
  }
}

/** A value reduced to what a field asks for; undefined: nothing of it. */
export function fitted(field: FormField, value: FormValue | undefined): FormValue | undefined {
  if (value === undefined || isEmpty(value)) return undefined
  const columns = new Set(columnsOf(field).map(({ key }) => key))
  const reduced = (row: FormRow): FormRow =>
    Object.fromEntries(Object.entries(row).filter(([key]) => columns.has(key)))
  if (field.kind === 'table' || field.kind === 'file') return rowsOf(value).map(reduced)
  return columns.size > 0 ? reduced(partsOf(value)) : value
}

function fits(definition: FormDefinition, key: string, value: FormValue): boolean {
  return shapeFaults(definition, { [key]: value }).length === 0
}

/** Whether choices are among those a field has now. */
function isAmong({ kind, options }: FormField, value: FormValue): boolean {
  const known = new Set(options.map(({ id }) => id))
  if (kind === 'choice') return typeof value === 'string' && known.has(value)
  return kind !== 'several' || (Array.isArray(value) && value.every((each) => known.has(`${each}`)))
}
