import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type MigrationSet, migrate } from '../database/migrator.ts'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'
import type { BackedUpTable, BackupManifest } from './backup-manifest.ts'
import { columnList, quotedTable, type RecordsTable, recordsTables } from './records-catalogue.ts'

interface LoadParts {
  /** Of an empty database, as its owner. */
  readonly url: string
  readonly sets: readonly MigrationSet[]
  readonly manifest: BackupManifest
  readonly open: (table: BackedUpTable) => Readable
  /** Statements of the same transaction, after all rows are in. */
  readonly after: readonly string[]
  readonly progress: (table: string) => void
  readonly log: Log
}

/**
 * Makes a database what it was: the schema by the migrations that were applied, then every row, in one
 * transaction. Throws Problem backup.newer where this program does not know all of them, backup.not-empty
 * where the database holds anything, and backup.damaged where rows are missing.
 */
export async function loadRecords(parts: LoadParts): Promise<void> {
  const { url, sets, manifest, log } = parts
  await requireEmpty(url)
  await migrate(url, sets, log, new Map(Object.entries(manifest.migrations)))
  const client = new pg.Client({ connectionString: url, application_name: 'haidang restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      `begin; set local time zone 'UTC'; set local idle_in_transaction_session_timeout = 0;
       select set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true)`,
    )
    await fill(client, parts)
    for (const statement of parts.after) await client.query(statement)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/** Throws Problem backup.not-empty where the database has tables. */
export async function requireEmpty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const tables = await recordsTables(client)
    if (tables.length === 0) return
    throw new Problem(
      'backup.not-empty',
      `the database has ${tables.length} tables; name an empty one in database.url`,
    )
  } finally {
    await client.end()
  }
}

async function fill(client: pg.Client, { manifest, open, progress }: LoadParts): Promise<void> {
  const tables = (await recordsTables(client)).filter(({ name }) => name !== 'migration')
  const held = new Map(manifest.tables.map((table) => [quotedTable(table), table]))
  // Migrations put rows in that a running node has changed since.
  await client.query(`truncate ${tables.map(quotedTable).join(', ')} cascade`)
  for (const table of tables) {
    const source = held.get(quotedTable(table))
    if (!source)
      throw new Problem('backup.damaged', `it has no table ${table.schema}.${table.name}`)
    progress(`${table.schema}.${table.name}`)
    await fillTable(client, table, source, open(source))
  }
  for (const { schema, name, value } of manifest.sequences)
    if (value !== null)
      await client.query('select setval($1::regclass, $2::bigint)', [
        quotedTable({ schema, name }),
        value,
      ])
}

/** The owner is let past the policies of its own table for the time, and no trigger runs a second time. */
async function fillTable(
  client: pg.Client,
  table: RecordsTable,
  source: BackedUpTable,
  rows: Readable,
): Promise<void> {
  const name = quotedTable(table)
  const { rows: found } = await client.query<{ forced: boolean }>(
    'select relforcerowsecurity as forced from pg_class where oid = $1::regclass',
    [name],
  )
  await client.query(`alter table ${name} no force row level security, disable trigger user`)
  const copying = client.query(copyFrom(`copy ${name} (${columnList(source)}) from stdin`))
  await pipeline(rows, copying)
  if (copying.rowCount !== source.rows)
    throw new Problem(
      'backup.damaged',
      `${table.schema}.${table.name}: ${copying.rowCount} of ${source.rows} rows`,
    )
  const forced = found[0]?.forced === true ? ', force row level security' : ''
  await client.query(`alter table ${name} enable trigger user${forced}`)
}
