import { type FilterNode, parseFilter } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import { storableText } from '@haidang/contracts/storable'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { type FilterFields, filterToSql } from '@haidang/runtime/database/filter-sql'
import { journal } from '@haidang/runtime/journal-tables'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'

type Term = Extract<FilterNode, { kind: 'term' }>

/** Entries with a text are named one by one up to so many; what more contain is found soon by walking. */
const mostNamed = 20_000
/** The highest TLP: with it and every organisation nothing of the journal is hidden. */
const everything = 4

interface Reach {
  readonly only: SQL | undefined
  /** The text searched for stands in so many entries that walking from the newest finds a page soonest. */
  readonly common: boolean
}

/**
 * Conditions that follow from a filter and a scope anyway, in words the indexes understand: a reader bound to
 * organisations is looked up under these, a span of time by the positions it lies between, a text by the entries
 * that contain it. They change how much is read, never what is found.
 */
export async function reachOf(
  tx: Tx,
  { organisations, clearance }: Pick<Scope, 'organisations' | 'clearance'>,
  filter: string | undefined,
  fields: FilterFields,
): Promise<Reach> {
  const terms = alwaysTrue(filter)
  const times = terms.filter(({ field, operator }) => field === 'time' && !operator.includes('>'))
  const bounds = times.length > 0 ? await spanOf(tx, terms, fields) : undefined
  if (organisations !== 'all') return { only: and(bounds, ownedBy(organisations)), common: false }
  const texts = clearance < everything ? [] : textsOf(terms)
  if (texts.length === 0) return { only: bounds, common: false }
  const named = await containing(tx, texts)
  return { only: and(bounds, named), common: named === undefined }
}

/** Terms that hold for whatever a filter finds. */
function alwaysTrue(filter: string | undefined): Term[] {
  const read = parseFilter(filter ?? '')
  if (!read.ok || !read.node) return []
  const nodes = read.node.kind === 'and' ? read.node.nodes : [read.node]
  return nodes.filter((node) => node.kind === 'term')
}

function ownedBy(organisations: readonly string[]): SQL {
  const [only, ...more] = organisations
  return only !== undefined && more.length === 0
    ? eq(journal.organisation_id, only)
    : inArray(journal.organisation_id, [...organisations])
}

/** First and last position of a span; times alone do not tell, the clock may have been set back. */
async function spanOf(tx: Tx, terms: readonly Term[], fields: FilterFields): Promise<SQL> {
  const nodes = terms.filter(({ field }) => field === 'time')
  const { rows } = await tx.execute<{ first: number | null; last: number | null }>(sql`
    select min(seq + 0) as first, max(seq + 0) as last from ${journal}
    where ${filterToSql({ kind: 'and', nodes }, fields)}`)
  const [span] = rows
  if (!span || span.first === null) return sql`false`
  return sql`${journal.seq} between ${span.first} and ${span.last}`
}

/** The index knows words by their groups of three characters. */
function textsOf(terms: readonly Term[]): string[] {
  return terms
    .filter(({ field, operator }) => (field === null || field === 'text') && operator === ':')
    .map(({ value }) => foldVietnamese(storableText(value)))
    .filter((text) => /[\p{L}\p{N}]{3}/u.test(text))
}

/** The entries that contain all of these; undefined where they are many. */
async function containing(tx: Tx, texts: readonly string[]): Promise<SQL | undefined> {
  const { rows } = await tx.execute<{ found: string[] | null }>(
    sql`select journal_containing(${sql.param(texts)}::text[], ${mostNamed + 1}) as found`,
  )
  const found = rows[0]?.found
  if (!found || found.length > mostNamed) return undefined
  return sql`${journal.seq} = any(${sql.param(found)}::bigint[])`
}
