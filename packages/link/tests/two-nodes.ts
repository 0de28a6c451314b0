import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Alert } from '@haidang/contracts/alert'
import { DetectionFinding, findingOf } from '@haidang/contracts/detection-finding'
import type { Envelope } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { derivedId, idsFrom } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { Problem } from '@haidang/runtime/problem'
import { silentLog } from '@haidang/runtime/silent-log'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import type { Approved, ChildHandlers, HeartbeatDraft } from '../src/child/child-parts.ts'
import { linkMigrations } from '../src/migrations.ts'
import { type Link, openLink } from '../src/open-link.ts'
import type { ParentHandlers } from '../src/parent/stream-intake.ts'

export const actor = { id: 'usr_officer', name: 'Officer' }
export const centreOrganisation = 'org_019a0000-0000-7000-8000-0000000000c0'
export const stationOrganisation = 'org_019a0000-0000-7000-8000-0000000000a0'

/** One node with its own database, keys and journal, and whatever its handlers were given. */
export interface TestNode extends AsyncDisposable {
  readonly db: TestDatabase
  readonly link: Link
  readonly journal: Journal
  readonly keysDirectory: string
  readonly alerts: Alert[]
  readonly events: unknown[]
  readonly messages: Envelope[]
  readonly joined: Approved[]
  /** What came on stream `rules`. */
  readonly contents: string[]
  readonly sets: Envelope[]
  /** What came on stream `configuration`. */
  readonly settings: Envelope[]
  readonly parentHandlers: ParentHandlers
  readonly childHandlers: ChildHandlers
  entries(type: string): Promise<number>
}

export async function testNode(
  name: string,
  clock: Clock,
  home: { id: string; code: string; name: string },
  quotas?: Parameters<typeof openLink>[0]['quotas'],
): Promise<TestNode> {
  const db = await testDatabase([runtimeMigrations, linkMigrations])
  const keysDirectory = await mkdtemp(join(tmpdir(), 'haidang-link-'))
  const newId = idsFrom(clock)
  const journal = createJournal({ database: db, clock, newId, log: silentLog })
  const node = { id: newId('node'), name, software: 'test 1', capabilities: [], simulated: true }
  const link = await openLink({
    database: db,
    journal,
    clock,
    newId,
    log: silentLog,
    node,
    keysDirectory,
    quotas,
    random: () => 0,
    home: async () => home,
    nameOf: async () => 'Organisation',
  })
  const alerts: Alert[] = []
  const events: unknown[] = []
  const messages: Envelope[] = []
  const joined: Approved[] = []
  const contents: string[] = []
  const sets: Envelope[] = []
  const settings: Envelope[] = []
  return {
    db,
    link,
    journal,
    keysDirectory,
    alerts,
    events,
    messages,
    joined,
    contents,
    sets,
    settings,
    parentHandlers: {
      alerts: async (_tx, _peer, given) => {
        alerts.push(...given.map((record) => DetectionFinding.parse(record).unmapped.haidang))
      },
      events: async (_tx, _peer, records) => {
        events.push(...records.map(({ value }) => value))
      },
      messages: async (_tx, _peer, envelope) => {
        if (envelope.subject === 'ord_bad') throw new Problem('order.illegal-step', 'not now')
        messages.push(envelope)
      },
    },
    childHandlers: {
      joined: async (_tx, approved) => void joined.push(approved),
      messages: async (_tx, envelope) => void messages.push(envelope),
      rules: {
        content: async (_tx, { file }) => void contents.push(file.text),
        set: async (_tx, envelope) => void sets.push(envelope),
      },
      configuration: async (_tx, envelope) => void settings.push(envelope),
      heartbeat: async () => heartbeat(),
    },
    entries: async (type) => {
      const sql = 'select count(*)::int as n from journal where type = $1'
      return Number((await db.asOwner(sql, [type])).rows[0]?.n)
    },
    [Symbol.asyncDispose]: async () => {
      await link.parent.close()
      await db[Symbol.asyncDispose]()
      await rm(keysDirectory, { recursive: true })
    },
  }
}

function heartbeat(): HeartbeatDraft {
  return {
    software: 'test 1',
    started_at: '2026-03-01T00:00:00.000Z',
    sources: [],
    queue: { spool_records: 0, spool_bytes: 0 },
    disk: { free_bytes: 1, total_bytes: 2 },
    rule_set: { version: '1', rules: 1, errors: 0 },
    indicator_set: { version: '1', indicators: 0 },
  }
}

export function alertNumber(n: number, detected: string): DetectionFinding {
  return findingOf({
    id: derivedId('alert', 1_772_323_200_000, 'node', 1, n),
    organisation_id: 'org_claimed',
    tlp: 'amber',
    node_id: 'nod_1',
    source_id: 'src_1',
    event_id: `evt_${n}`,
    time: detected,
    detected_time: detected,
    detector: 'sigma',
    rule: {
      id: 'rule',
      title: 'Rule',
      description: '',
      version: '1',
      tags: [],
      false_positives: [],
      references: [],
    },
    severity: 'high',
    title: `alert ${n}`,
    entity: '203.0.113.7',
    matches: [{ field: 'user', value: 'root', pattern: 'root', selection: 'selection' }],
    observables: [],
    raw_data: 'x'.repeat(300),
    simulated: true,
  })
}

/** Waits until a condition holds, at most 60 s. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('the condition did not come true in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Parent listening, child joined and approved; the child's loop is not yet running. */
export async function approvedPair(clock: Clock, childQuotas?: Parameters<typeof testNode>[3]) {
  const parent = await testNode('Centre', clock, {
    id: centreOrganisation,
    code: 'C',
    name: 'Centre',
  })
  const child = await testNode(
    'Station',
    clock,
    { id: 'org_home', code: 'S', name: 'Station' },
    childQuotas,
  )
  const port = await parent.link.parent.listen(parent.parentHandlers, {
    host: '127.0.0.1',
    port: 0,
  })
  const { code } = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.createCode(tx, actor, stationOrganisation, 60),
  )
  await child.link.child.join(actor, code, { location: 'Hà Nội', contact: '' })
  const { rows } = await parent.db.asOwner('select id from station')
  const stationId = String(rows[0]?.id)
  const station = await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.joins.approve(tx, actor, stationId),
  )
  return { parent, child, port, code, station, stationId }
}

/** Starts a child's loop; disposing stops it. */
export function running(child: TestNode): AsyncDisposable {
  const ended = new AbortController()
  const done = child.link.child.run(child.childHandlers, ended.signal)
  return {
    [Symbol.asyncDispose]: async () => {
      ended.abort()
      await done
    },
  }
}
