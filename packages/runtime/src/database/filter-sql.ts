import { isIP } from 'node:net'
import type { FilterNode, FilterOperator } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import { millisecondsOf } from '@haidang/contracts/instant'
import { storableText } from '@haidang/contracts/storable'
import { type AnyColumn, and, not, or, type SQL, sql } from 'drizzle-orm'
import { isoOf } from '../clock.ts'
import { nearest } from '../nearest.ts'
import { Problem } from '../problem.ts'

/**
 * How a field is compared: `word` exactly (`*` stands for anything); `text` contains, tone marks and
 * case aside; `ip` an address or network; `member` a `text[]` or jsonb array holding the value.
 */
export type FilterKind = 'word' | 'text' | 'number' | 'time' | 'ip' | 'boolean' | 'member'

/** The names a filter may use. A column called `folded…` is kept folded by whoever writes it. */
export type FilterFields = Readonly<
  Record<
    string,
    {
      readonly column: AnyColumn | SQL
      readonly kind: FilterKind
      /** It holds all that free text searches. */
      readonly whole?: true
    }
  >
>

type Term = Extract<FilterNode, { kind: 'term' }>
type Comparison = (column: AnyColumn | SQL, term: Term) => SQL

/**
 * Turns a filter into an SQL condition; values travel as parameters. A term without field searches the
 * field marked `whole`, else all `text` fields, or all `word` fields where there are none. Throws Problem filter.invalid, with the
 * nearest name for an unknown field.
 */
export function filterToSql(node: FilterNode, fields: FilterFields): SQL {
  if (node.kind === 'term') return termToSql(node, fields)
  // A comparison with null is neither true nor false; its opposite shall be true.
  if (node.kind === 'not') return not(sql`coalesce(${filterToSql(node.node, fields)}, false)`)
  const conditions = node.nodes.map((inner) => filterToSql(inner, fields))
  return (node.kind === 'and' ? and(...conditions) : or(...conditions)) ?? sql`true`
}

function termToSql(term: Term, fields: FilterFields): SQL {
  if (term.field === null) return anywhere(term, fields)
  const field = Object.hasOwn(fields, term.field) ? fields[term.field] : undefined
  if (field) return comparisons[field.kind](field.column, term)
  const near = nearest(term.field, Object.keys(fields))
  const remedy = near ? `did you mean ${near}?` : `one of ${Object.keys(fields).join(', ')}`
  throw refusal(term, `unknown field ${term.field.slice(0, 60)}`, remedy)
}

function anywhere(term: Term, fields: FilterFields): SQL {
  // What is kept folded as a whole is read once, instead of folding each of its parts.
  const whole = Object.values(fields).find((field) => field.whole)
  if (whole) return comparisons.text(whole.column, term)
  const all = Object.values(fields)
  const texts = all.filter(({ kind }) => kind === 'text')
  const searched = texts.length > 0 ? texts : all.filter(({ kind }) => kind === 'word')
  const conditions = searched.map(({ column, kind }) => comparisons[kind](column, term))
  return or(...conditions) ?? sql`false`
}

const comparisons: Readonly<Record<FilterKind, Comparison>> = {
  word: (column, term) => {
    if (term.operator !== ':') return compared(column, term.operator, storableText(term.value))
    if (term.quoted && term.value === '') return sql`coalesce(${column}::text, '') = ''`
    if (!term.quoted && term.value.includes('*')) return sql`${column} like ${globOf(term.value)}`
    return sql`${column} = ${storableText(term.value)}`
  },
  text: (column, term) => {
    requireEquality(term)
    const pattern = `%${escaped(foldVietnamese(storableText(term.value)))}%`
    return isFolded(column)
      ? sql`${column} like ${pattern}`
      : sql`haidang_fold(${column}) like ${pattern}`
  },
  number: (column, term) => {
    const value = term.value.trim() === '' ? Number.NaN : Number(term.value)
    if (!Number.isFinite(value)) throw refusal(term, 'not a number', 'a number, as in 42')
    return compared(column, term.operator, sql`${value}::double precision`)
  },
  time: (column, term) => {
    const at = millisecondsOf(term.value)
    if (Number.isNaN(at)) throw refusal(term, 'not a time', 'RFC 3339, as in 2026-11-22T08:00:00Z')
    const isDay = term.operator === ':' && /^\d{4}-\d{2}-\d{2}$/.test(term.value)
    if (!isDay) return compared(column, term.operator, instantOf(at))
    return sql`(${column} >= ${instantOf(at)} and ${column} < ${instantOf(at + 86_400_000)})`
  },
  ip: (column, term) => {
    requireEquality(term)
    const [address = '', prefix = '0', ...rest] = term.value.split('/')
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
    if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) {
      throw refusal(term, 'not an address', 'an address or network, as in 203.0.113.0/24')
    }
    // `network` clears the host part, which `inet` would otherwise compare too.
    return sql`${column}::inet <<= network(${term.value}::inet)`
  },
  boolean: (column, term) => {
    requireEquality(term)
    if (!/^(true|false)$/i.test(term.value))
      throw refusal(term, 'not a truth value', 'true or false')
    return sql`${column} = ${term.value.toLowerCase() === 'true'}`
  },
  member: (column, term) => {
    requireEquality(term)
    return sql`to_jsonb(${column}) ? ${storableText(term.value)}`
  },
}

const operators: Readonly<Record<FilterOperator, SQL>> = {
  ':': sql`=`,
  '>': sql`>`,
  '>=': sql`>=`,
  '<': sql`<`,
  '<=': sql`<=`,
}

function compared(column: AnyColumn | SQL, operator: FilterOperator, value: unknown): SQL {
  return sql`${column} ${operators[operator]} ${value}`
}

function instantOf(milliseconds: number): SQL {
  return sql`${isoOf(milliseconds)}::timestamptz`
}

function isFolded(column: AnyColumn | SQL): boolean {
  return 'name' in column && column.name.startsWith('folded')
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function globOf(text: string): string {
  return escaped(storableText(text)).replace(/\*+/g, '%')
}

function requireEquality(term: Term): void {
  if (term.operator !== ':') {
    throw refusal(term, `${term.operator} does not apply to this field`, `${term.field}:value`)
  }
}

function refusal(term: Term, cause: string, remedy: string): Problem {
  const field = term.field ?? 'filter'
  return new Problem('filter.invalid', `${field}: ${cause}; ${remedy}`, [
    { field: 'filter', cause, remedy },
  ])
}
