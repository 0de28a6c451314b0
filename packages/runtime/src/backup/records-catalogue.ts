import type pg from 'pg'

export interface RecordsTable {
  readonly schema: string
  readonly name: string
  /** Those that are stored, not computed. */
  readonly columns: readonly string[]
}

/** The queue of jobs makes its own tables at the start, and regular jobs enter themselves anew. */
const notOurs = ['pg_catalog', 'information_schema', 'haidang_jobs']

/** Tables of the node, every one after those its rows refer to. Throws where they refer to each other in a ring. */
export async function recordsTables(client: pg.ClientBase): Promise<RecordsTable[]> {
  const { rows } = await client.query<RecordsTable>(
    `select n.nspname as schema, c.relname as name,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname <> all($1) and n.nspname !~ '^pg_'
     group by 1, 2 order by 1, 2`,
    [notOurs],
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to
     from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  const named = new Map<string, RecordsTable>()
  for (const table of rows) named.set(await regclassOf(client, table), table)
  return inOrder(named, references)
}

/** The name of a table in a statement. */
export function quotedTable({ schema, name }: Pick<RecordsTable, 'schema' | 'name'>): string {
  return `${quotedName(schema)}.${quotedName(name)}`
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The table's columns in a statement. */
export function columnList({ columns }: Pick<RecordsTable, 'columns'>): string {
  return columns.map(quotedName).join(', ')
}

async function regclassOf(client: pg.ClientBase, table: RecordsTable): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select $1::regclass::text as name', [
    quotedTable(table),
  ])
  return rows[0]?.name ?? ''
}

function inOrder(
  tables: ReadonlyMap<string, RecordsTable>,
  references: readonly { from: string; to: string }[],
): RecordsTable[] {
  const left = new Map(tables)
  const ordered: RecordsTable[] = []
  while (left.size > 0) {
    const free = [...left].filter(
      ([name]) => !references.some(({ from, to }) => from === name && left.has(to)),
    )
    if (free.length === 0) throw new Error(`tables refer to each other: ${[...left.keys()]}`)
    for (const [name, table] of free) {
      ordered.push(table)
      left.delete(name)
    }
  }
  return ordered
}
