import { z } from 'zod'
import { type FormDefinition, type FormField, fieldsOf } from './form-definition.ts'

const FormCell = z.union([z.string().max(20_000), z.number()])
const FormRow = z.record(z.string().max(60), FormCell)
export type FormRow = z.infer<typeof FormRow>

/** What one field of a form says: text, number, several values, parts of somebody, or rows. */
export const FormValue = z.union([
  FormCell,
  z.array(z.string().max(60)).max(200),
  FormRow,
  z.array(FormRow).max(500),
])
export type FormValue = z.infer<typeof FormValue>

/** What a form says, by the keys of its fields; a field that is not there says nothing. */
export const FormContent = z.record(z.string().max(60), FormValue)
export type FormContent = z.infer<typeof FormContent>

/** What a field says; undefined: nothing. */
export function saidBy(content: FormContent, key: string): FormValue | undefined {
  return Object.hasOwn(content, key) ? content[key] : undefined
}

/** Whether a value says nothing. */
export function isEmpty(value: FormValue | undefined): boolean {
  if (value === undefined || value === '') return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.every((each) => typeof each !== 'string' && isEmpty(each))
  return Object.values(value).every((cell) => cell === '')
}

/** Whether a field is asked for, by what the field it depends on says. */
export function isShown({ when }: FormField, content: FormContent): boolean {
  if (!when) return true
  const value = saidBy(content, when.field)
  const told = Array.isArray(value) ? value : [value]
  return told.some((each) => typeof each === 'string' && when.is.includes(each))
}

/** The content without what is not asked for and what says nothing. */
export function shownContent(definition: FormDefinition, content: FormContent): FormContent {
  const kept = fieldsOf(definition).flatMap((field) => {
    const value = saidBy(content, field.key)
    return value === undefined || isEmpty(value) || !isShown(field, content)
      ? []
      : [[field.key, value] as const]
  })
  return Object.fromEntries(kept)
}

/** The rows of a table or of files. */
export function rowsOf(value: FormValue | undefined): readonly FormRow[] {
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[]).filter((row): row is FormRow => typeof row === 'object')
}

/** The parts of somebody. */
export function partsOf(value: FormValue | undefined): FormRow {
  return typeof value === 'object' && !Array.isArray(value) ? value : {}
}
