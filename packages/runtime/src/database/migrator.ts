import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Log } from '../log.ts'
import { Problem } from '../problem.ts'

/** The migrations of one package: files `NNNN-noun-change.sql`, applied by name, each once. */
export interface MigrationSet {
  readonly name: string
  readonly directory: string
}

interface Migration {
  readonly set: string
  readonly name: string
  readonly checksum: string
  readonly statements: string
}

/** The role every transaction of the application runs under; it owns nothing. */
export const applicationRole = 'haidang_app'

const oldestServer = 15
/** Names the advisory lock that lets one process migrate at a time. */
const lockKey = 7_246_013

/**
 * Brings the database up to the given sets, in their order, one transaction for each file, under an
 * advisory lock; then grants the application role what it needs. An applied file that was edited or
 * is not there is refused (Problem database.unavailable). Returns the names applied now. With `only`, checksums by
 * name, no others are applied; Problem backup.newer where one of them is not known.
 */
export async function migrate(
  url: string,
  sets: readonly MigrationSet[],
  log: Log,
  only?: ReadonlyMap<string, string>,
): Promise<string[]> {
  const all = (await Promise.all(sets.map(readSet))).flat()
  const migrations = only ? those(all, only) : all
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await requireFitServer(client)
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await prepare(client)
    const pending = withoutApplied(migrations, await readApplied(client), sets)
    for (const migration of pending) await apply(client, migration, log)
    await grant(client)
    return pending.map(({ set, name }) => `${set}/${name}`)
  } finally {
    await client.end()
  }
}

/**
 * Migrations that were never applied to a database that has others; none for a new one. Nothing is changed.
 * Throws Problem database.unavailable as `migrate` does.
 */
export async function pendingMigrations(
  url: string,
  sets: readonly MigrationSet[],
): Promise<string[]> {
  const migrations = (await Promise.all(sets.map(readSet))).flat()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ present: boolean }>(
      `select to_regclass('migration') is not null as present`,
    )
    if (rows[0]?.present !== true) return []
    const applied = await readApplied(client)
    if (applied.size === 0) return []
    return withoutApplied(migrations, applied, sets).map(({ set, name }) => `${set}/${name}`)
  } finally {
    await client.end()
  }
}

/** The migrations of these names. A database of a newer version cannot be made by an older one. */
function those(all: readonly Migration[], only: ReadonlyMap<string, string>): Migration[] {
  const known = new Map(all.map(({ set, name, checksum }) => [`${set}/${name}`, checksum]))
  for (const [name, checksum] of only)
    if (known.get(name) !== checksum)
      throw new Problem(
        'backup.newer',
        `migration ${name} is not the one this program has; restore with the version that made the backup, or a later one`,
      )
  return all.filter(({ set, name }) => only.has(`${set}/${name}`))
}

async function readSet({ name: set, directory }: MigrationSet): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
  return Promise.all(
    names.sort().map(async (name) => {
      const statements = await readFile(join(directory, name), 'utf8')
      return { set, name, statements, checksum: checksumOf(statements) }
    }),
  )
}

/** Line ends do not count: a checkout on another system is the same migration. */
function checksumOf(statements: string): string {
  return createHash('sha256').update(statements.replaceAll('\r\n', '\n')).digest('hex')
}

async function requireFitServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, getdatabaseencoding() as encoding`,
  )
  const version = Math.floor(rows[0].version / 10_000)
  if (version < oldestServer) {
    throw new Problem(
      'database.unavailable',
      `PostgreSQL ${version} is too old; ${oldestServer} or later is needed`,
    )
  }
  if (rows[0].encoding !== 'UTF8') {
    throw new Problem('database.unavailable', 'The database must be created with encoding UTF8')
  }
}

async function prepare(client: pg.Client): Promise<void> {
  // Roles belong to the whole server: another database of it may be creating this one right now.
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${applicationRole}') then
        create role ${applicationRole} nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$;
    do $$ begin
      if not pg_has_role(current_user, '${applicationRole}', 'member') then
        execute format('grant ${applicationRole} to %I', current_user);
      end if;
    end $$;
    create table if not exists migration (
      "set" text not null,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      primary key ("set", name)
    );
    select set_config('haidang.organisations', '*', false), set_config('haidang.tlp', '4', false);
  `)
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ set: string; name: string; checksum: string }>(
    'select "set", name, checksum from migration',
  )
  return new Map(rows.map(({ set, name, checksum }) => [`${set}/${name}`, checksum]))
}

function withoutApplied(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
  sets: readonly MigrationSet[],
): Migration[] {
  const present = new Map(migrations.map(({ set, name, checksum }) => [`${set}/${name}`, checksum]))
  for (const [key, checksum] of applied) {
    const known = sets.some(({ name }) => key.startsWith(`${name}/`))
    if (known && present.get(key) !== checksum) {
      throw new Problem(
        'database.unavailable',
        present.has(key)
          ? `Migration ${key} was applied and has since been edited; restore the file of the release that applied it, and put changes into a new file`
          : `The database was made by a newer version of this program: it has ${key}. Start that version, or go back with \`haidang backup restore\` and the backup made before the upgrade`,
      )
    }
  }
  return migrations.filter(({ set, name }) => !applied.has(`${set}/${name}`))
}

async function apply(client: pg.Client, migration: Migration, log: Log): Promise<void> {
  const { set, name, checksum, statements } = migration
  await client.query('begin')
  try {
    await client.query(statements)
    await client.query('insert into migration ("set", name, checksum) values ($1, $2, $3)', [
      set,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${set}/${name} failed: ${String(error)}`, { cause: error })
  }
  log.debug({ set, name }, 'migration applied')
}

/** Tables whose comment begins with `append-only` can be read and added to, never changed. */
async function grant(client: pg.Client): Promise<void> {
  await client.query(`
    do $$
    declare appended record;
    begin
      execute format('grant usage on schema %I to ${applicationRole}', current_schema());
      execute format('grant select, insert, update, delete on all tables in schema %I to ${applicationRole}', current_schema());
      execute format('grant usage on all sequences in schema %I to ${applicationRole}', current_schema());
      for appended in
        select c.oid::regclass as name from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
          and obj_description(c.oid, 'pg_class') like 'append-only%'
      loop
        execute format('revoke update, delete, truncate on %s from ${applicationRole}', appended.name);
      end loop;
      execute format('revoke insert, update, delete on migration from ${applicationRole}');
    end $$;
  `)
}
