import { type FormContent, rowsOf } from './form-content.ts'
import {
  type FormColumn,
  type FormDefinition,
  type FormField,
  type FormTextFormat,
  fieldsOf,
} from './form-definition.ts'

/** What can be wrong at a field. */
export type FormFaultCode =
  | 'missing'
  | 'unknown'
  | 'kind'
  | 'long'
  | 'many'
  | 'large'
  | 'choice'
  | 'date'
  | 'time'
  | FormTextFormat

export interface FormFault {
  /** Key of the field; of a part or cell: `staff.0.name`. */
  readonly field: string
  readonly code: FormFaultCode
  readonly limit?: number
}

/** What a cell of a row, or a part of somebody, has to be. */
export type Part = Pick<FormColumn, 'key' | 'required' | 'format' | 'options' | 'max'> & {
  readonly kind: FormField['kind']
}
type Value = FormContent[string]

const usualMost = { line: 500, text: 10_000 } as const
const formatOfPart: Readonly<Record<string, FormTextFormat>> = {
  phone: 'phone',
  mobile: 'phone',
  fax: 'phone',
  email: 'email',
}

/** The most characters a field takes. */
export function mostOf({ kind, max }: Pick<Part, 'kind' | 'max'>): number {
  return max ?? (kind === 'long_text' ? usualMost.text : usualMost.line)
}

/** What the rows of a field, or the parts of somebody, are made of; of a plain field nothing. */
export function columnsOf({ kind, columns, parts }: FormField): readonly Part[] {
  if (kind === 'file') return [line('name', true), line('sha256', false)]
  if (kind === 'organisation') return [line('name', true), line('id', false)]
  return kind === 'table' ? columns : parts.map((part) => line(part, part === 'name'))
}

/** What cannot be kept even in a draft: unknown fields, another kind of value, too long, too many. */
export function shapeFaults(definition: FormDefinition, content: FormContent): FormFault[] {
  const known = new Map(fieldsOf(definition).map((field) => [field.key, field]))
  return Object.entries(content).flatMap(([key, value]): FormFault[] => {
    const field = known.get(key)
    return field ? shapeOf(field, value) : [{ field: key, code: 'unknown' }]
  })
}

function shapeOf(field: FormField, value: Value): FormFault[] {
  switch (field.kind) {
    case 'several': {
      const texts = Array.isArray(value) && rowsOf(value).length === 0
      return texts ? [] : [{ field: field.key, code: 'kind' }]
    }
    case 'table':
    case 'file':
      return rowsShape(field, value)
    case 'person':
    case 'contact':
    case 'organisation':
      return typeof value !== 'object' || Array.isArray(value)
        ? [{ field: field.key, code: 'kind' }]
        : rowShape(field, value, field.key)
    default:
      return cellShape(field, value, field.key)
  }
}

function rowsShape(field: FormField, value: Value): FormFault[] {
  const { key, most } = field
  const rows = rowsOf(value)
  if (!Array.isArray(value) || rows.length !== value.length) return [{ field: key, code: 'kind' }]
  if (rows.length > most) return [{ field: key, code: 'many', limit: most }]
  return rows.flatMap((row, at) => rowShape(field, row, `${key}.${at}`))
}

function rowShape(field: FormField, row: object, path: string): FormFault[] {
  const columns = new Map(columnsOf(field).map((column) => [column.key, column]))
  return Object.entries(row).flatMap(([name, cell]: [string, unknown]): FormFault[] => {
    const column = columns.get(name)
    const at = `${path}.${name}`
    return column ? cellShape(column, cell, at) : [{ field: at, code: 'unknown' }]
  })
}

function cellShape(part: Pick<Part, 'kind' | 'max'>, cell: unknown, field: string): FormFault[] {
  if (cell === '') return []
  const wanted = part.kind === 'number' ? 'number' : 'string'
  if (typeof cell !== wanted) return [{ field, code: 'kind' }]
  const most = mostOf(part)
  return typeof cell === 'string' && cell.length > most
    ? [{ field, code: 'long', limit: most }]
    : []
}

function line(key: string, required: boolean): Part {
  return { key, required, kind: 'text', options: [], max: 500, format: formatOfPart[key] }
}
