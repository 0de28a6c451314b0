import { z } from 'zod'
import { type FormContent, isEmpty, isShown, partsOf, rowsOf, saidBy } from './form-content.ts'
import {
  type FormDefinition,
  type FormField,
  type FormTextFormat,
  fieldsOf,
} from './form-definition.ts'
import { columnsOf, type FormFault, type Part, shapeFaults } from './form-shape.ts'

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const patterns: Readonly<Record<FormTextFormat | 'time', RegExp>> = {
  email: /^[^\s@<>]{1,64}@[^\s@<>.]+(\.[^\s@<>.]+)+$/,
  phone: /^\+?[0-9][0-9 ().-]{4,29}$/,
  url: /^https?:\/\/[^\s"'<>\\]+$/,
  ip: new RegExp(`^(${octet}(\\.${octet}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)$`),
  domain: /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u,
  fingerprint: /^([0-9A-Fa-f]{4} ?){10}$/,
  month: /^(0[1-9]|1[0-2])\/\d{4}$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
}
const day = z.iso.date()

/** All that stops a form from being submitted, in the order of its fields. */
export function formFaultsOf(definition: FormDefinition, content: FormContent): FormFault[] {
  const within = fieldsOf(definition)
    .filter((field) => isShown(field, content))
    .flatMap((field) => faultsAt(field, saidBy(content, field.key)))
  return [...shapeFaults(definition, content), ...within]
}

type Value = FormContent[string]

function faultsAt(field: FormField, value: Value | undefined): FormFault[] {
  if (value === undefined || isEmpty(value)) return field.required ? [missingAt(field)] : []
  switch (field.kind) {
    case 'several':
      return amongOptions(field, field.key, Array.isArray(value) ? value : [])
    case 'table':
    case 'file':
      return rowsOf(value).flatMap((row, at) =>
        columnsOf(field).flatMap((column) =>
          cellFaults(column, row[column.key], `${field.key}.${at}.${column.key}`),
        ),
      )
    case 'person':
    case 'contact':
    case 'organisation':
      return somebodyFaults(field, value)
    default:
      return cellFaults({ ...field, kind: field.kind }, value as string | number, field.key)
  }
}

/** Of somebody the first part is named: that is where one begins to write. */
function missingAt(field: FormField): FormFault {
  const [first] = field.kind === 'table' || field.kind === 'file' ? [] : columnsOf(field)
  return { field: first ? `${field.key}.${first.key}` : field.key, code: 'missing' }
}

function somebodyFaults(field: FormField, value: Value): FormFault[] {
  const parts = partsOf(value)
  return columnsOf(field).flatMap((column) => {
    const needed = field.needs.some((part) => part === column.key)
    const required = needed || (field.required && column.required)
    return cellFaults({ ...column, required }, parts[column.key], `${field.key}.${column.key}`)
  })
}

function cellFaults(part: Part, cell: string | number | undefined, field: string): FormFault[] {
  if (cell === undefined || cell === '') return part.required ? [{ field, code: 'missing' }] : []
  if (part.kind === 'number') return numberFaults(part, cell, field)
  if (typeof cell !== 'string') return []
  if (part.kind === 'choice') return amongOptions(part, field, [cell])
  const format = part.kind === 'date' || part.kind === 'time' ? part.kind : part.format
  return format === undefined || isWritten(format, cell.trim()) ? [] : [{ field, code: format }]
}

function numberFaults({ max }: Part, cell: string | number, field: string): FormFault[] {
  if (typeof cell !== 'number' || !Number.isFinite(cell) || cell < 0)
    return [{ field, code: 'kind' }]
  return max !== undefined && cell > max ? [{ field, code: 'large', limit: max }] : []
}

function isWritten(format: FormTextFormat | 'date' | 'time', text: string): boolean {
  return format === 'date' ? day.safeParse(text).success : patterns[format].test(text)
}

function amongOptions(
  { options }: Pick<Part, 'options'>,
  field: string,
  values: readonly unknown[],
): FormFault[] {
  const known = new Set<unknown>(options.map(({ id }) => id))
  return values.every((value) => known.has(value)) ? [] : [{ field, code: 'choice' }]
}
