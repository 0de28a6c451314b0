import { parseFilter } from '@haidang/contracts/filter'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { type AnyColumn, and, asc, desc, type SQL, sql } from 'drizzle-orm'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { Problem } from '../problem.ts'
import { type FilterFields, filterToSql } from './filter-sql.ts'

interface KeysetParts<F extends FilterFields> {
  readonly query: PageQuery
  /** What a filter may name; sorts are a part of these. */
  readonly fields: F
  /** Names a list may be sorted by, the default first; a leading minus there means descending. Their columns are never null. */
  readonly sorts: readonly [Sort<F>, ...Sort<F>[]]
  /** The column that makes every sort total. */
  readonly id: AnyColumn
  /** A further condition, whatever the filter says. */
  readonly only?: SQL | undefined
}
type Sort<F> = (keyof F & string) | `-${keyof F & string}`

/** A select of the query builder, before its conditions. */
interface Selecting<Row> {
  where(condition: SQL | undefined): {
    orderBy(...order: SQL[]): { limit(rows: number): PromiseLike<Row[]> }
  }
}

interface Keyset {
  /** What the query finds, for counting it. */
  readonly where: SQL | undefined
  /** The page of a select; its rows carry the sort column under its own name and `id`. */
  read<Row extends { readonly id: string }>(select: Selecting<Row>): Promise<Page<Row>>
}

/**
 * Turns the query of a list endpoint into SQL that continues after a key instead of skipping rows,
 * so that page 1,000 costs what page 1 costs and rows that arrive meanwhile repeat nothing.
 * Throws Problem filter.invalid, cursor.invalid or request.invalid (unknown sort).
 */
export function keyset<F extends FilterFields>(parts: KeysetParts<F>): Keyset {
  const { query, fields, id } = parts
  const sort = sortOf(parts.sorts, query.sort)
  const field = fields[sort.name]
  if (field === undefined) throw new Problem('request.invalid', `cannot sort by ${sort.name}`)
  const { column } = field
  const direction = sort.descending ? desc : asc
  const where = and(
    parts.only,
    condition(fields, query.filter),
    after(query.cursor, sort, field, id),
  )
  return {
    where,
    async read(select) {
      // The extra row tells that there is a next page.
      const rows = await select
        .where(where)
        .orderBy(direction(column), direction(id))
        .limit(query.limit + 1)
      return pageOf(rows, query.limit, sort)
    },
  }
}

interface SortOrder {
  readonly name: string
  readonly descending: boolean
}

function sortOf(allowed: readonly string[], wanted: string | undefined): SortOrder {
  const chosen = wanted ?? allowed[0] ?? ''
  const name = chosen.replace(/^-/, '')
  const known = allowed.map((sort) => sort.replace(/^-/, ''))
  if (!known.includes(name)) {
    throw new Problem('request.invalid', `cannot sort by ${name}`, [
      { field: 'sort', cause: 'unknown field', remedy: `one of ${known.join(', ')}` },
    ])
  }
  return { name, descending: chosen.startsWith('-') }
}

function condition(fields: FilterFields, text: string | undefined): SQL | undefined {
  const read = parseFilter(text ?? '')
  if (!read.ok) {
    throw new Problem('filter.invalid', `at ${read.at}: expected ${read.expected}`, [
      { field: 'filter', cause: `position ${read.at}`, remedy: read.expected },
    ])
  }
  return read.node ? filterToSql(read.node, fields) : undefined
}

function after(
  cursor: string | undefined,
  sort: SortOrder,
  field: FilterFields[string],
  id: AnyColumn,
): SQL | undefined {
  if (cursor === undefined) return undefined
  const [name, value, last] = decodeCursor(cursor, 3)
  if (name !== sort.name) throw new Problem('cursor.invalid', 'made for another sort')
  if (!isValueOf(field, value) || !isPlainText(last)) throw new Problem('cursor.invalid')
  const comparison = sort.descending ? sql`<` : sql`>`
  return sql`(${field.column}, ${id}) ${comparison} (${value}, ${last})`
}

/** What the database would refuse with an error of its own is refused here: anybody can write a cursor. */
function isValueOf({ kind, column }: FilterFields[string], value: unknown): boolean {
  if (kind === 'boolean') return typeof value === 'boolean'
  if (kind === 'number') return Number.isSafeInteger(value) && Number(value) <= largestOf(column)
  if (!isPlainText(value)) return false
  if (kind !== 'time' || value === 'infinity') return true
  return !Number.isNaN(millisecondsOf(value.replace(' ', 'T').replace(/\+00$/, 'Z')))
}

function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000')
}

function largestOf(column: FilterFields[string]['column']): number {
  const type = 'getSQLType' in column ? column.getSQLType() : ''
  if (type === 'smallint') return 2 ** 15 - 1
  return type === 'integer' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER
}

function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  sort: SortOrder,
): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || !last) return { items, next: null }
  const value = (last as Readonly<Record<string, unknown>>)[sort.name]
  return { items, next: encodeCursor([sort.name, value, last.id]) }
}
