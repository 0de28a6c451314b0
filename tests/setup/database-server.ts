import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { clearOrphan, isAlive } from '@haidang/runtime/database/embedded/postmaster'
import { silentLog } from '@haidang/runtime/silent-log'
import type { TestProject } from 'vitest/node'

const prefix = 'haidang-test-database-'
const memory = '/dev/shm'
const enough = 4 * 2 ** 30

/**
 * One PostgreSQL for a whole test run, started when a test first asks for it. With DATABASE_URL (a
 * superuser's) the tests run on that server instead.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<EmbeddedPostgres> | undefined
  const place = await roomiest()
  const directory = join(place, `${prefix}${process.pid}`)
  const listener = createServer((_, reply) => {
    urlOf().then(
      (url) => reply.end(url),
      (error) => reply.writeHead(500).end(String(error)),
    )
  })
  async function urlOf(): Promise<string> {
    if (process.env['DATABASE_URL']) return process.env['DATABASE_URL']
    server ??= start(directory)
    return (await server).urlOf('postgres')
  }
  listener.listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const { port } = listener.address() as AddressInfo
  project.provide('databaseServer', `http://127.0.0.1:${port}/`)
  return async () => {
    listener.close()
    const running = await server
    await running?.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function start(directory: string): Promise<EmbeddedPostgres> {
  await clearKilledRuns(dirname(directory))
  await mkdir(directory)
  // Started by root, the server runs as another user, who must get there.
  await chmod(directory, 0o711)
  const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '100' }
  return EmbeddedPostgres.start({ directory, log: silentLog, settings })
}

/**
 * Where a thousand databases are made and dropped: in memory where it has room. On a disk a filing system that
 * keeps the numbers of deleted files back for seconds (ext4) spends more on finding free ones than all tests do.
 */
async function roomiest(): Promise<string> {
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return free >= enough ? memory : tmpdir()
}

async function clearKilledRuns(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue
    const cluster = join(place, name, 'server', 'cluster')
    if (existsSync(cluster)) await clearOrphan(cluster, silentLog)
    await rm(join(place, name), { recursive: true, force: true })
  }
}
