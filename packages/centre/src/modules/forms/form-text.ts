import {
  type FormContent,
  type FormRow,
  type FormValue,
  partsOf,
  rowsOf,
  saidBy,
} from '@haidang/contracts/form-content'
import { type FormDefinition, type FormField, fieldsOf } from '@haidang/contracts/form-definition'
import type { FormFault } from '@haidang/contracts/form-shape'
import { columnsOf } from '@haidang/contracts/form-shape'
import { labels } from '@haidang/contracts/labels'
import type { Language } from '@haidang/contracts/person'
import { Problem } from '@haidang/runtime/problem'

/** What a field says, as one text. */
export function textOf(field: FormField, value: FormValue | undefined, language: Language): string {
  if (value === undefined) return ''
  if (field.kind === 'table' || field.kind === 'file')
    return rowsOf(value)
      .map((row) => rowText(field, row, language))
      .join('\n')
  const columns = columnsOf(field)
  if (columns.length > 0) return rowText(field, partsOf(value), language)
  const named = (id: unknown) =>
    field.options.find((each) => each.id === id)?.name[language] ?? `${id}`
  return Array.isArray(value) ? value.map(named).join('; ') : named(value)
}

/** A form field by field, under a head. */
export function formRows(
  definition: FormDefinition,
  content: FormContent,
  language: Language,
): string[][] {
  const head =
    language === 'vi' ? ['Phần', 'Mã', 'Mục', 'Nội dung'] : ['Section', 'Key', 'Field', 'Content']
  const rows = definition.sections.flatMap((section) =>
    section.fields.map((field) => [
      section.title[language],
      field.key,
      field.label[language],
      textOf(field, saidBy(content, field.key), language),
    ]),
  )
  return [head, ...rows]
}

/** The refusal of a form: each fault by field, cause and remedy in the language of who asks. */
export function refusal(
  code: 'form.incomplete' | 'request.invalid',
  definition: FormDefinition,
  faults: readonly FormFault[],
  language: Language,
): Problem {
  const fields = new Map(fieldsOf(definition).map((field) => [field.key, field]))
  const told = faults.slice(0, 200).map(({ field, code: fault, limit }) => {
    const label = fields.get(field.split('.')[0] ?? '')?.label[language] ?? field
    const cause = labels.formFault[fault][language]
    return {
      field,
      cause: `${label}: ${cause}${limit === undefined ? '' : ` (${limit})`}`,
      remedy: labels.formRemedy[fault][language],
    }
  })
  return new Problem(
    code,
    told
      .map(({ cause }) => cause)
      .join('; ')
      .slice(0, 1_000),
    told,
  )
}

function rowText(field: FormField, row: FormRow, language: Language): string {
  return columnsOf(field)
    .map(({ key, options }) => {
      const cell = row[key]
      return options.find(({ id }) => id === cell)?.name[language] ?? `${cell ?? ''}`
    })
    .filter(Boolean)
    .join(', ')
}
