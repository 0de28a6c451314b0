import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { silentLog } from '../../silent-log.ts'
import { EmbeddedPostgres } from './embedded-postgres.ts'
import { clearOrphan, isAlive } from './postmaster.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-postgres-'))
  await chmod(directory, 0o711)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const start = () => EmbeddedPostgres.start({ directory, log: silentLog })

async function answers(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('it serves on loopback with a password, durably, in UTF-8', async () => {
  const server = await start()
  const [settings] = await answers(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('password_encryption') as password,
       current_setting('listen_addresses') as address, getdatabaseencoding() as encoding`,
  )
  expect(settings).toEqual({
    fsync: 'on',
    password: 'scram-sha-256',
    address: '127.0.0.1',
    encoding: 'UTF8',
  })
  const wrong = new URL(server.url)
  wrong.password = 'guess'
  await expect(answers(wrong.href, 'select 1')).rejects.toThrow('password')
  await server.stop()
  expect(server.state).toBe('stopped')
})

test('a server left behind by a killed run is stopped, and what it had committed is there', async () => {
  const module = join(import.meta.dirname, 'embedded-postgres.ts')
  const quiet = join(import.meta.dirname, '../../silent-log.ts')
  const script = `
    const { EmbeddedPostgres } = await import(${JSON.stringify(module)})
    const { silentLog } = await import(${JSON.stringify(quiet)})
    const server = await EmbeddedPostgres.start({ directory: ${JSON.stringify(directory)}, log: silentLog })
    console.log(server.pid + ' ' + server.url)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  const [output] = await once(child.stdout, 'data')
  const [pid = '', url = ''] = String(output).trim().split(' ')
  await answers(url, 'create table kept as select 7 as n')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(Number(pid))).toBe(true)
  const server = await start()
  expect(isAlive(Number(pid))).toBe(false)
  expect(await answers(server.url, 'select n from kept')).toEqual([{ n: 7 }])
  await server.stop()
})

test('a lock file whose process id now belongs to another program does not keep it from starting', async () => {
  const lock = join(directory, 'server', 'cluster', 'postmaster.pid')
  await writeFile(lock, `${process.pid}\n`)
  const server = await start()
  expect(isAlive(process.pid)).toBe(true)
  expect(await answers(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('a server that dies is started again at the same address', async () => {
  const server = await start()
  const { url, pid } = server
  process.kill(pid ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(server.restarts).toBe(1))
  await vi.waitFor(() => expect(server.state).toBe('running'), { timeout: 20_000 })
  expect(server.url).toBe(url)
  expect(await answers(url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('stopping while it is down leaves nothing running', async () => {
  const server = await start()
  process.kill(server.pid ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(server.state).toBe('restarting'))
  await server.stop()
  const lock = join(directory, 'server', 'cluster', 'postmaster.pid')
  const pid = Number.parseInt(await readFile(lock, 'utf8').catch(() => '0'), 10)
  expect(pid === 0 || !isAlive(pid)).toBe(true)
  await clearOrphan(join(directory, 'server', 'cluster'), silentLog)
})
