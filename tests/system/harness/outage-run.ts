import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GivesWay } from '@haidang/link/boxes/box-quota'
import { defaultQuotas, type OutboxQuotas } from '@haidang/link/boxes/outbox'
import type { HeartbeatDraft } from '@haidang/link/child/child-parts'
import { linkMigrations } from '@haidang/link/migrations'
import { type Link, openLink } from '@haidang/link/open-link'
import { isoOf, ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { openDatabase } from '@haidang/runtime/database/open-database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { until } from './until.ts'

interface OutageOptions {
  /** Records of stream `events` made while there is no parent. */
  readonly records: number
  /** Hours without it, by the clock of both nodes. */
  readonly hours: number
  /** About how many of them the quota has room for. */
  readonly kept: number
  readonly gives: GivesWay
  readonly say: (text: string) => void
}

const hour = 3_600_000
const together = 5_000
const patience = 1_800_000
const pulse: HeartbeatDraft = {
  software: 'outage',
  started_at: '2026-03-01T00:00:00.000Z',
  sources: [],
  queue: { spool_records: 0, spool_bytes: 0 },
  disk: { free_bytes: 1, total_bytes: 2 },
  rule_set: { version: '1', rules: 1, errors: 0 },
  indicator_set: { version: '1', indicators: 0 },
}
const actor = { id: 'usr_officer', name: 'Officer' }
const organisation = 'org_019a0000-0000-7000-8000-0000000000a0'
/** A row of the box takes this much beside its line; both ends of what was measured, and room for what is dead. */
const rowOverhead = 400

/**
 * Cuts a station's link from its parent for many hours by the clock while records of the bulk lane are made, more
 * than may wait. Afterwards every number is at the parent once, as a record or in one gap record, whose counts
 * add up; and the disk that what waits took was bounded. Two links with databases and TLS of their own; the
 * records stand for events, which the link carries without reading them.
 */
export async function outageRun(options: OutageOptions): Promise<Record<string, number>> {
  const { records, hours, kept, gives, say } = options
  const directory = await mkdtemp(join(tmpdir(), 'haidang-outage-'))
  await chmod(directory, 0o711)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(directory, { recursive: true, force: true }))
  // Real TLS finds the certificates valid: the hours end now.
  const clock = new ManualClock(isoOf(systemClock.now() - (hours + 1) * hour))
  const bytes = kept * Buffer.byteLength(lineOf(records))
  const quotas = { ...defaultQuotas, events: { records: 10 * records, bytes, gives } }
  const [parent, child] = [
    await openEnd(stack, join(directory, 'parent'), clock),
    await openEnd(stack, join(directory, 'child'), clock, quotas),
  ]
  await parent.owner.query('create table arrived (seq int8, n int8)')
  await parent.owner.query('grant insert on arrived to haidang_app')
  const port = await introduce(parent, child)
  const running = startChild(child.link)
  stack.defer(() => running.stop())
  await until('the child to be joined', patience, async () => {
    return (await child.link.child.state()).state === 'connected'
  })
  await append(child, [1, 2, 3])
  await until('the first records to arrive', patience, async () => (await arrived(parent)) === 3)

  await parent.link.parent.close()
  let most = 0
  const began = performance.now()
  for (let h = 0; h < hours; h++) {
    const from = 3 + Math.floor((records * h) / hours)
    const to = 3 + Math.floor((records * (h + 1)) / hours)
    for (let n = from; n < to; n += together) {
      await append(child, numbers(n + 1, Math.min(n + together, to)))
      clock.advance((hour * together) / Math.max(together, to - from))
    }
    most = Math.max(most, await diskOf(child))
    // In an hour of 60 minutes the server does this by itself.
    await child.owner.query('vacuum link_box_record')
    if ((h + 1) % 12 === 0)
      say(`${h + 1} h: ${to} records made, ${await diskOf(child)} bytes on disk`)
  }
  const seconds = (performance.now() - began) / 1000
  const [lane] = (await child.link.child.state()).lanes.filter(({ stream }) => stream === 'events')
  assert.ok(lane && lane.bytes <= bytes, 'what waits keeps its quota')
  assert.ok(lane.dropped >= records / 2, `only ${lane.dropped} gave way`)
  const bound = 2 * bytes + 2 * kept * rowOverhead
  assert.ok(most <= bound, `${most} bytes on disk, bound ${bound}`)

  const mended = performance.now()
  await parent.link.parent.listen(parent.handlers, { host: '127.0.0.1', port })
  // What is made while the backlog goes up is not lost either.
  await append(child, numbers(records + 4, records + 1003))
  await until('everything to arrive', patience, async () => {
    return (await child.link.child.state()).waiting === 0
  })
  const account = await accountOf(parent)
  const total = records + 1003
  assert.equal(account.last, total, 'the last number is known')
  assert.equal(account.arrived, account.distinct, 'no number arrived twice')
  assert.equal(account.astray, 0, 'each record came under its own number')
  assert.equal(account.overlapping, 0, 'no number is a record and in a gap')
  assert.equal(account.arrived + account.missing, total, 'records and gaps are all there is')
  assert.ok(account.missing >= records / 2, 'at least half had to give way')
  return {
    made: total,
    arrived_once: account.arrived,
    told_missing: account.missing,
    gap_records: account.gaps,
    quota_bytes: bytes,
    most_bytes_on_disk: most,
    made_per_second: Math.round(records / seconds),
    seconds_until_all_arrived: Math.round((performance.now() - mended) / 1000),
  }
}

type End = Awaited<ReturnType<typeof openEnd>>

/** One node's link, with a database server of its own. */
async function openEnd(
  stack: AsyncDisposableStack,
  directory: string,
  clock: ManualClock,
  quotas?: OutboxQuotas,
) {
  const server = await EmbeddedPostgres.start({ directory, log: silentLog })
  stack.defer(() => server.stop())
  const database = await openDatabase({
    url: server.url,
    migrations: [runtimeMigrations, linkMigrations],
    clock,
    log: silentLog,
  })
  stack.defer(() => database.close())
  const owner = new pg.Client({ connectionString: server.url })
  await owner.connect()
  stack.defer(() => owner.end())
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId, log: silentLog })
  const link = await openLink({
    database,
    journal,
    clock,
    newId,
    log: silentLog,
    quotas,
    keysDirectory: join(directory, 'keys'),
    node: { id: newId('node'), name: 'Nút', software: 'outage', capabilities: [], simulated: true },
    random: Math.random,
    home: async () => ({ id: organisation, code: 'O', name: 'O' }),
    nameOf: async () => 'O',
  })
  stack.defer(() => link.parent.close())
  const handlers: Parameters<Link['parent']['listen']>[0] = {
    alerts: async () => undefined,
    messages: async () => undefined,
    events: async (tx, _peer, records) => {
      const seqs = sql.param(records.map(({ first }) => first))
      const ns = sql.param(records.map(({ value }) => value['n']))
      await tx.execute(
        sql`insert into arrived select * from unnest(${seqs}::int8[], ${ns}::int8[])`,
      )
    },
  }
  return { database, owner, link, handlers }
}

/** Child joins parent, which approves; answers the port the parent listens on. */
async function introduce(parent: End, child: End): Promise<number> {
  const { joins } = parent.link.parent
  const within = <T>(work: (tx: Tx) => Promise<T>) => parent.database.transact(systemScope, work)
  const port = await parent.link.parent.listen(parent.handlers, { host: '127.0.0.1', port: 0 })
  const { code } = await within((tx) => joins.createCode(tx, actor, organisation, 60))
  await child.link.child.join(actor, code, { location: '', contact: '' })
  const { rows } = await parent.owner.query<{ id: string }>('select id from station')
  await within((tx) => joins.approve(tx, actor, rows[0]?.id ?? ''))
  return port
}

function startChild(link: Link): { stop(): Promise<void> } {
  const ended = new AbortController()
  const nothing = async () => undefined
  const done = link.child.run(
    {
      joined: nothing,
      messages: nothing,
      rules: { content: nothing, set: nothing },
      configuration: async () => undefined,
      heartbeat: async () => pulse,
    },
    ended.signal,
  )
  return {
    stop: async () => {
      ended.abort()
      await done
    },
  }
}

/** What a record of the bulk lane weighs: an event of a web server is about so long. */
function lineOf(n: number): string {
  return JSON.stringify(recordOf(n))
}

function recordOf(n: number) {
  return { n, received_time: '2026-03-01T00:00:00.000Z', raw_data: 'x'.repeat(150) }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

async function append({ database, link }: End, given: readonly number[]): Promise<void> {
  await database.transact(systemScope, (tx) =>
    link.outbox.append(tx, 'events', given.map(recordOf)),
  )
}

async function arrived({ owner }: End): Promise<number> {
  const { rows } = await owner.query<{ n: string }>('select count(*) as n from arrived')
  return Number(rows[0]?.n)
}

/** Bytes of the table of what waits, with its index and what is dead in it. */
async function diskOf({ owner }: End): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(
    "select pg_total_relation_size('link_box_record') as n",
  )
  return Number(rows[0]?.n)
}

/** What the parent can say of the stream: records by number, and gap records. */
async function accountOf({ owner }: End) {
  const { rows } = await owner.query<Record<string, string>>(`
    with gap as (select first, last, count from station_gap where stream = 'events' and kind = 'dropped')
    select (select count(*) from arrived) as arrived,
      (select count(distinct seq) from arrived) as distinct,
      (select count(*) from arrived where seq <> n) as astray,
      (select count(*) from gap) as gaps,
      (select coalesce(sum(count), 0) from gap) as missing,
      (select count(*) from arrived join gap on seq between first and last) as overlapping,
      (select stored from station_stream where stream = 'events') as last`)
  const [row = {}] = rows
  const figure = (name: string) => Number(row[name])
  return {
    arrived: figure('arrived'),
    distinct: figure('distinct'),
    astray: figure('astray'),
    gaps: figure('gaps'),
    missing: figure('missing'),
    last: figure('last'),
    overlapping: figure('overlapping'),
  }
}
