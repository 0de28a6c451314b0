import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { ClickhouseEventStore } from './clickhouse-event-store.ts'
import { type EmbeddedEventStore, openEmbeddedEventStore } from './embedded-event-store.ts'
import { eventStoreContract, sampleLines, sampleTable } from './event-store.contract.ts'
import { SocketAgent } from './socket-agent.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
const root = mkdtempSync(join(tmpdir(), 'haidang-events-'))
const openIn = (name: string) =>
  openEmbeddedEventStore({ directory: join(root, name), clock: systemClock, log: silent })
afterAll(() => rmSync(root, { recursive: true, force: true }))

eventStoreContract('the embedded engine', () => openIn('contract'), 'contract')

// What a server elsewhere gets: rows in the body of a request, packed.
eventStoreContract(
  'the embedded engine over its HTTP interface',
  async () => {
    const engine = await openIn('http')
    const agent = new SocketAgent(join(root, 'http', 'engine.sock'))
    const server = { url: 'http://engine', agent, compress: true }
    const store = new ClickhouseEventStore({ ...server, clock: systemClock, patience: 10_000 })
    return {
      define: (statements) => store.define(statements),
      insert: (table, lines, token) => store.insert(table, lines, token),
      query: (sql, parameters, signal) => store.query(sql, parameters, signal),
      exportParquet: (select, parameters, signal) =>
        store.exportParquet(select, parameters, signal),
      importParquet: (name, file, token) => store.importParquet(name, file, token),
      alter: (statement, parameters) => store.alter(statement, parameters),
      quietly: (work) => store.quietly(work),
      ping: () => store.ping(),
      close: async () => {
        await store.close()
        await engine.close()
      },
    }
  },
  'contract',
)

const url = process.env['EVENTS_URL']
if (url)
  eventStoreContract(
    'the server of EVENTS_URL',
    async () => new ClickhouseEventStore({ url, clock: systemClock, patience: 10_000 }),
    `contract_${systemClock.now()}`,
  )
else test.skip('event store on a server: set EVENTS_URL to run it')

describe('the embedded engine', () => {
  let store: EmbeddedEventStore

  beforeAll(async () => {
    store = await openIn('killed')
    await store.define([sampleTable('events')])
  })
  afterAll(() => store.close())

  test('killed ten times during inserts, it loses no row and doubles none', async () => {
    let range = 0
    let stop = false
    const writer = async () => {
      while (!stop) {
        const token = `range-${String(range++).padStart(8, '0')}`
        await store.insert('events', sampleLines(token, 200), token)
      }
    }
    const writing = Promise.all([writer(), writer()])
    for (let kill = 0; kill < 10; kill++) {
      const reached = range + 3
      await expect.poll(() => range, { timeout: 20_000 }).toBeGreaterThan(reached)
      const pid = await livePid(store)
      process.kill(pid, 'SIGKILL')
    }
    const reached = range + 3
    await expect.poll(() => range, { timeout: 20_000 }).toBeGreaterThan(reached)
    stop = true
    await writing
    const [row] = await store.query<{ n: number; ids: number }>(
      'SELECT count() AS n, uniqExact(id) AS ids FROM events',
      {},
    )
    expect(row).toEqual({ n: range * 200, ids: range * 200 })
    expect(store.restarts()).toBeGreaterThanOrEqual(10)
  }, 120_000)

  test('rows the engine wrongly takes for a repeat are put back', async () => {
    // What a kill between noting the token and renaming the part leaves: the token without the rows.
    await store.insert('events', sampleLines('lost', 30), 'lost')
    await store.define(["DELETE FROM events WHERE insert_token = 'lost'"])
    await store.close()
    store = await openIn('killed')
    await store.insert('events', sampleLines('lost', 30), 'lost')
    const [row] = await store.query<{ n: number; ids: number }>(
      "SELECT count() AS n, uniqExact(id) AS ids FROM events WHERE startsWith(id, 'lost')",
      {},
    )
    expect(row).toEqual({ n: 30, ids: 30 })
  })

  test('many small inserts do not leave many parts', async () => {
    for (let n = 0; n < 60; n++) await store.insert('events', sampleLines(`p${n}`, 2), `part-${n}`)
    const parts = async () =>
      (
        await store.query<{ n: number }>(
          "SELECT count() AS n FROM system.parts WHERE active AND table = 'events'",
          {},
        )
      )[0]?.n
    await expect.poll(parts, { timeout: 20_000 }).toBeLessThan(40)
  })

  test('a second owner of the directory is refused while the first lives', async () => {
    await expect(
      openEmbeddedEventStore({ directory: join(root, 'killed'), clock: systemClock, log: silent }),
    ).rejects.toMatchObject({ code: 'event-store.unavailable' })
  }, 40_000)

  test('ends when it is closed', async () => {
    const other = await openIn('closed')
    const pid = other.pid() ?? 0
    await other.close()
    await expect.poll(() => alive(pid)).toBe(false)
  })

  test('ends by itself when its parent is killed, and another start takes over', async () => {
    const script = `
      import { openEmbeddedEventStore } from ${JSON.stringify(join(import.meta.dirname, 'embedded-event-store.ts'))}
      const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }
      const clock = { now: () => 0, iso: () => '', monotonic: () => performance.now() }
      const store = await openEmbeddedEventStore({ directory: process.argv[1], clock, log })
      console.log(store.pid())`
    const parent = spawn(
      process.execPath,
      ['--input-type=module', '--eval', script, join(root, 'orphan')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    expect(alive(pid)).toBe(true)
    parent.kill('SIGKILL')
    // The engine lets one process into a directory: this succeeds only once the orphan is gone.
    const next = await openIn('orphan')
    await expect(next.ping()).resolves.toBeUndefined()
    await next.close()
  })

  test('its data stay readable to its owner only', () => {
    expect(readdirSync(join(root, 'killed'))).toContain('data')
    expect(readFileSync(join(root, 'killed', 'engine.xml'), 'utf8')).toContain(
      'max_server_memory_usage',
    )
  })
})

async function livePid(store: EmbeddedEventStore): Promise<number> {
  await expect.poll(() => store.pid(), { timeout: 20_000 }).toBeTypeOf('number')
  return store.pid() ?? 0
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
