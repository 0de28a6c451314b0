import { JournalService } from '@haidang/centre/modules/audit/journal-service'
import { JournalView, journalFields } from '@haidang/centre/modules/audit/journal-view'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { PageQuery } from '@haidang/contracts/page'
import { storableJson } from '@haidang/contracts/storable'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import type { PostgresDatabase } from '@haidang/runtime/database/open-database'
import { idsFrom } from '@haidang/runtime/ids'
import { chainStart, entryHash } from '@haidang/runtime/journal-chain'
import { createJournal } from '@haidang/runtime/journal-log'
import { nodeJournal } from '@haidang/runtime/journal-source'
import { entryColumns, journal as table } from '@haidang/runtime/journal-tables'
import { verifyChain } from '@haidang/runtime/journal-verifier'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openCentreDatabase } from './centre-database.ts'
import { type Figure, median, p95, timed } from './figure.ts'

const total = 1_000_000
const batchSize = 5_000
const repeats = 20
const start = systemClock.now() - total * 1_000
const newId = idsFrom(systemClock)

const filters: Readonly<Record<string, string>> = {
  none: '',
  act: 'type:incident.opened',
  rare_act: 'type:key.revoked',
  actor: 'actor_id:usr_17',
  object: 'subject:inc_4711',
  organisation: 'organisation_id:org_3',
  day: `time:${isoOf(start + 500_000_000).slice(0, 10)}`,
  until: `time<${isoOf(start + 100_000_000).slice(0, 10)}`,
  actor_and_act: 'actor_id:usr_17 type:order.issued',
  day_and_text: `time:${isoOf(start + 500_000_000).slice(0, 10)} "dong y"`,
  text: '"dong y"',
  rare_text: 'khan999000',
  no_match: 'khong-co-gi-nhu-the',
}
const types = [
  'incident.opened',
  'incident.noted',
  'order.issued',
  'cluster.triaged',
  'session.opened',
]

/** A journal of a million entries: checking its chain beside plain reading, and searching it. */
export async function* figures(): AsyncIterable<Figure> {
  await using centre = await openCentreDatabase()
  const { database } = centre
  await fill(database)
  const source = nodeJournal(database)
  const before = process.memoryUsage.rss()
  let highest = before
  const checking = await timed(async () => {
    const progress = () => {
      highest = Math.max(highest, process.memoryUsage.rss())
    }
    const { intact } = await verifyChain(source, { progress })
    if (!intact) throw new Error('the chain of the bench is broken')
  })
  const reading = await timed(async () => {
    for (let at = 0; at < total; at += 2_000) await source.read(at, at + 2_000, 2_000)
  })
  yield {
    name: 'journal.verify',
    value: rate(checking),
    unit: 'entries/s',
    median_of: 1,
    beside: { name: 'reading the same rows in batches', value: rate(reading) },
  }
  const grown = Math.round((highest - before) / 1_048_576)
  yield { name: 'journal.verify_memory_growth', value: grown, unit: 'MB', median_of: 1 }
  const entries = new JournalService(database, new JournalView())
  const readers = { node: reader('all'), organisation: reader(['org_3']) }
  for (const [who, caller] of Object.entries(readers)) {
    for (const [name, filter] of Object.entries(filters)) {
      const query = { limit: 100, filter }
      const value = await p95(repeats, () => entries.list(caller, query))
      const plain = await p95(repeats, () => plainly(database, caller, query))
      yield {
        name: `journal.list_p95.${who}.${name}`,
        value,
        unit: 'ms',
        median_of: repeats,
        beside: { name: 'the filter as it stands', value: plain },
      }
    }
  }
  const value = await appendTime(database)
  yield { name: 'journal.append_p50', value, unit: 'ms', median_of: repeats }
}

/** The same page by the filter as it stands, without what it and the scope imply. */
function plainly(
  database: PostgresDatabase,
  { scope }: Caller,
  query: PageQuery,
): Promise<unknown> {
  const page = keyset({ query, fields: journalFields, sorts: ['-seq'], id: table.id })
  return database.transact(scope, (tx) => page.read(tx.select(entryColumns).from(table)))
}

async function appendTime(database: PostgresDatabase): Promise<number> {
  const journal = createJournal({ database, clock: systemClock, newId })
  const times: number[] = []
  for (let n = 0; n < repeats; n++) {
    const draft = {
      type: 'incident.noted' as const,
      organisation_id: 'org_3',
      actor: systemScope.actor,
      authority: 'bench',
      subject: `inc_${n}`,
    }
    times.push(await timed(() => database.transact(systemScope, (tx) => journal.append(tx, draft))))
  }
  return Math.round(median(times) * 10) / 10
}

async function fill(database: PostgresDatabase): Promise<void> {
  let previous_hash = chainStart.hash
  for (let first = 1; first <= total; first += batchSize) {
    const rows = Array.from({ length: batchSize }, (_, n) => {
      const open = { ...entryOf(first + n), previous_hash }
      previous_hash = entryHash(open)
      const { actor_name, type, subject, reason } = open
      const folded = foldVietnamese([actor_name, type, subject, reason].join(' '))
      return { ...open, hash: previous_hash, folded }
    })
    await database.transact(systemScope, (tx) =>
      tx.execute(
        sql`insert into journal select * from json_populate_recordset(null::journal, ${storableJson(rows)}::json)`,
      ),
    )
  }
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  await owner.query('vacuum analyze journal')
  await owner.end()
}

function entryOf(n: number) {
  return {
    seq: n,
    id: newId('entry'),
    time: isoOf(start + n * 1_000),
    type:
      n % 100_000 === 0
        ? ('key.revoked' as const)
        : ((types[n % types.length] ?? 'incident.noted') as 'incident.noted'),
    organisation_id: n % 3 ? `org_${n % 50}` : null,
    tlp_rank: n % 4,
    actor_id: `usr_${n % 400}`,
    actor_name: `Nguyễn Văn ${n % 400}`,
    authority: 'incident.handle',
    subject: `inc_${n % 20_000}`,
    related: [`clu_${n % 30_000}`],
    reason: n % 1_000 === 0 ? `khẩn${n}` : n % 7 === 0 ? 'Lãnh đạo đồng ý' : '',
    before: { state: 'new', title: 'Nhiều lần đăng nhập sai' },
    after: {
      state: 'verified',
      title: 'Nhiều lần đăng nhập sai',
      note: 'đã xác minh với đầu mối '.repeat(4),
    },
  }
}

function rate(milliseconds: number): number {
  return Math.round((total / milliseconds) * 1_000)
}

function reader(organisations: Caller['scope']['organisations']): Caller {
  return {
    scope: { actor: { id: 'usr_bench', name: 'bench' }, organisations, clearance: 4 },
    permissions: new Set(['audit.read']),
    language: 'vi',
    organisation_id: 'org_3',
    person_id: null,
    session_id: null,
  }
}
