import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centreMigrations } from '@haidang/centre/migrations'
import { startNode } from '@haidang/haidang/node'
import { createProgram } from '@haidang/haidang/program'
import { linkMigrations } from '@haidang/link/migrations'
import { systemClock } from '@haidang/runtime/clock'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { type MigrationSet, migrate } from '@haidang/runtime/database/migrator'
import { idsFrom } from '@haidang/runtime/ids'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { nodeIdentity } from '@haidang/runtime/node-identity'
import { silentLog } from '@haidang/runtime/silent-log'
import { stationMigrations } from '@haidang/station/migrations'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

const sets: MigrationSet[] = [
  runtimeMigrations,
  linkMigrations,
  stationMigrations,
  centreMigrations,
]
/** What the earlier version did not have yet. */
const later = ['link/0008-restored-box.sql', 'centre/0043-station-estate-view.sql']
let directory: string
let earlier: ReadonlyMap<string, string>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-upgrade-'))
  await chmod(directory, 0o711)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Asks the stopped node's database, as its owner. */
async function inDatabase<T>(work: (client: pg.Client, url: string) => Promise<T>): Promise<T> {
  const place = { directory: join(directory, 'postgres'), log: silentLog }
  const server = await EmbeddedPostgres.start(place)
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    await client.query(
      `select set_config('haidang.organisations', '*', false), set_config('haidang.tlp', '4', false)`,
    )
    return await work(client, server.url)
  } finally {
    await client.end()
    await server.stop()
  }
}

/** What the records say, and how the schema stands. */
function recordsNow() {
  return inDatabase(async (client) => ({
    names: (await client.query('select name from organisation order by name')).rows,
    boxes: (
      await client.query('select stream, last::text, confirmed::text from link_box order by 1')
    ).rows,
    migrations: (await client.query(`select "set" || '/' || name as name from migration`)).rows
      .map(({ name }) => String(name))
      .sort(),
  }))
}

async function runOnce(): Promise<void> {
  const stop = new AbortController()
  const node = await startNode({
    dataDirectory: directory,
    configurationFile: join(directory, 'none.yaml'),
    environment: {
      HAIDANG__HTTP__PORT: '0',
      HAIDANG__LINK__PORT: '0',
      HAIDANG__STATION__ENABLED: 'false',
      HAIDANG__STATION__SYSLOG_PORT: '0',
      HAIDANG__LOG__LEVEL: 'error',
    },
    say: () => undefined,
    signal: stop.signal,
  })
  stop.abort()
  await node.stopped
}

test('a node of an earlier version is upgraded, and goes back to what it was', {
  timeout: 300_000,
}, async () => {
  await nodeIdentity(directory, idsFrom(systemClock), systemClock)
  await inDatabase(async (client, url) => {
    await migrate(url, sets, silentLog)
    const { rows } = await client.query(
      `select "set" || '/' || name as name, checksum from migration`,
    )
    earlier = new Map(
      rows
        .filter(({ name }) => !later.includes(name))
        .map(({ name, checksum }) => [name, checksum]),
    )
    await client.query('drop schema public cascade; drop schema auth cascade; create schema public')
    await migrate(url, sets, silentLog, earlier)
    await client.query(
      `insert into organisation (id, code, name, kind, simulated, created_at, updated_at)
       values ('org_x', 'BTT', 'Bộ Thử nghiệm', 'ministry', true, now(), now());
       insert into link_box (direction, node_id, stream, last, confirmed, waiting)
       values ('up', '', 'alerts', 42, 40, 0)`,
    )
  })
  const before = await recordsNow()
  expect(before.migrations).toEqual([...earlier.keys()].sort())

  await runOnce()
  const upgraded = await recordsNow()
  expect(upgraded).toMatchObject({ names: before.names, boxes: before.boxes })
  expect(upgraded.migrations).toEqual([...earlier.keys(), ...later].sort())
  await expect(
    inDatabase((_, url) => migrate(url, [{ ...linkMigrations, directory }], silentLog)),
  ).rejects.toThrow('made by a newer version of this program')

  const io = { out: () => undefined, err: () => undefined, dataDirectory: directory }
  const from = join(directory, 'backups')
  const program = await createProgram({ ...io, environment: {} }, new AbortController().signal)
  await program.parseAsync([
    ...['node', 'haidang', 'backup', 'restore', '--from', from, '--data', directory],
  ])
  expect(await recordsNow()).toEqual(before)
  const aside = (await readdir(directory)).filter((name) => name.startsWith('postgres-before-'))
  expect(aside).toHaveLength(1)

  // And forward again.
  await runOnce()
  expect(await recordsNow()).toMatchObject({ names: before.names, migrations: upgraded.migrations })
})
