import { type FormDefinition, type FormField, fieldsOf } from '@haidang/contracts/form-definition'
import { columnsOf } from '@haidang/contracts/form-shape'
import type { Label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import type { Language } from '@haidang/contracts/person'

/** What a part of somebody, or a column of a table, is called. */
export function partName(field: FormField, key: string, language: Language): string {
  const column = field.columns.find((each) => each.key === key)
  if (column) return column.label[language]
  const names: Readonly<Record<string, Label>> =
    field.kind === 'file' ? labels.formFile : labels.formPart
  return names[key]?.[language] ?? key
}

/** Every place of a form where something can be wrong, as its labels write it; cells of rows by their row. */
export function placeNames(
  definition: FormDefinition,
  paths: readonly string[],
  language: Language,
): Readonly<Record<string, string>> {
  const fields = new Map(fieldsOf(definition).map((field) => [field.key, field]))
  const named = paths.map((path) => {
    const [key = '', ...rest] = path.split('.')
    const field = fields.get(key)
    if (!field) return [path, path]
    const cell = rest.at(-1)
    const known = columnsOf(field).some((column) => column.key === cell)
    const part = cell !== undefined && known ? partName(field, cell, language) : ''
    const row = rest.length > 1 ? `${Number(rest[0]) + 1}` : ''
    return [path, [field.label[language], row, part].filter(Boolean).join(' › ')]
  })
  return Object.fromEntries(named)
}
