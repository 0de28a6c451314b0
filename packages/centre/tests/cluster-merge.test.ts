import type { TriageAct } from '@haidang/contracts/cluster'
import { Severity } from '@haidang/contracts/severity'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertOf, caller, centreOrg, doing, ministryOrg, officer, origin, start } from './doing.ts'

type Node = Awaited<ReturnType<typeof doing>>

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const entities = 20

/** Alerts of one batch, spread over as many clusters as there are entities. */
async function receive(node: Node, numbers: readonly number[], entity?: number) {
  const batch = numbers.map((n) =>
    alertOf(n, {
      entity: `host-${entity ?? n % entities}`,
      severity: Severity.options[n % 3] ?? 'low',
      tlp: (entity ?? n % entities) === 3 ? 'red' : 'amber',
    }),
  )
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
}

/** Ids of clusters by the thing they are about, whatever stands for them. */
async function byEntity(node: Node): Promise<Map<string, string>> {
  const { rows } = await node.database.transact(systemScope, (tx) =>
    tx.execute<{ id: string; entity: string }>(sql`select id, entity from cluster order by id`),
  )
  return new Map(rows.map(({ id, entity }) => [entity, id]))
}

/** All that is stored of alerts and clusters, and what people are shown of them; ids told by their entity. */
async function picture(node: Node) {
  const stored = (query: ReturnType<typeof sql>) =>
    node.database.transact(systemScope, async (tx) => (await tx.execute(query)).rows)
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const shown = async (by: typeof low) => {
    const { items } = await node.clusters.list(by, { limit: 200 })
    return items
      .map(({ id: _, version: __, ...cluster }) => cluster)
      .toSorted((a, b) => (a.entity < b.entity ? -1 : 1))
  }
  const day = { from: '2026-11-21T00:00:00Z', to: '2026-11-25T00:00:00Z', buckets: 10 }
  return {
    alerts: await stored(sql`
      select count(*)::int, md5(string_agg(
        (to_jsonb(a) - '{cluster_id,pack_id,pack_line}'::text[])::text || c.entity, '' order by a.id)) as hash
      from alert a join cluster c on c.id = a.cluster_id`),
    clusters: await stored(sql`
      select to_jsonb(c) - 'id' - 'version' - 'incident_id' as row, i.number
      from cluster c left join incident i on i.id = c.incident_id order by c.entity`),
    node: await shown(watch),
    organisation: await shown(low),
    histogram: (await node.clusters.histogram(watch, { ...day, filter: 'not state:closed' }))
      .buckets,
    open: await node.database.transact(systemScope, async (tx) => {
      const { open_clusters, alerts_24h } = await node.clusters.overview(tx)
      return { open_clusters, alerts_24h }
    }),
  }
}

const act = fc.constantFrom<TriageAct>(
  { act: 'acknowledge' },
  { act: 'assign', person_id: officer },
  { act: 'severity', severity: 'critical' },
  { act: 'snooze', until: '2026-11-22T09:00:00Z' },
  { act: 'reopen' },
)
const entity = fc.nat(entities - 1)
const step = fc.oneof(
  fc.record({
    kind: fc.constant('merge' as const),
    entities: fc.uniqueArray(entity, { minLength: 2, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('triage' as const), entity, act }),
  fc.record({
    kind: fc.constant('arrive' as const),
    entity,
    count: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ kind: fc.constant('unmerge' as const), place: fc.nat(9) }),
)

/** A node where clusters are merged, its twin where they never are, and the merges that hold. */
interface Pair {
  readonly merging: Node
  readonly twin: Node
  readonly held: string[]
  arrived: number
}
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function take(pair: Pair, one: Step): Promise<void> {
  const { merging, twin, held } = pair
  if (one.kind === 'arrive') return arrive(pair, one.entity, one.count)
  if (one.kind === 'unmerge') {
    const [id] = held.splice(one.place, 1)
    if (id) await merging.merges.unmerge(watch, id, 'as-before')
    return
  }
  const mine = await byEntity(merging)
  if (one.kind === 'merge') {
    const ids = one.entities.map((n) => mine.get(`host-${n}`) ?? '')
    const merged = await merging.merges.merge(watch, ids, 'một việc').catch(refused)
    if (merged) held.push(merged.merge.id)
    return
  }
  const name = `host-${one.entity}`
  const done = await merging.triage.triage(watch, [mine.get(name) ?? ''], one.act).catch(refused)
  const other = (await byEntity(twin)).get(name) ?? ''
  if (done) await twin.triage.triage(watch, [other], one.act)
}

async function arrive(pair: Pair, entity: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => pair.arrived + n)
  pair.arrived += count
  await receive(pair.merging, numbers, entity)
  await receive(pair.twin, numbers, entity)
}

test('merging clusters of 5,000 alerts and taking it back, with anything in between, leaves all as if never merged', async () => {
  await using merging = await doing()
  await using twin = await doing()
  const pair: Pair = { merging, twin, held: [], arrived: 5_000 }
  for (let n = 0; n < 5_000; n += 500) {
    const numbers = Array.from({ length: 500 }, (_, i) => n + i)
    await receive(merging, numbers)
    await receive(twin, numbers)
  }
  let merges = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      for (const one of steps) await take(pair, one)
      merges += pair.held.length
      const covered = await merging.clusters.list(watch, { limit: 200 })
      const counted = covered.items.reduce((sum, { alert_count }) => sum + alert_count, 0)
      expect(counted, 'no alert is lost or counted twice while merged').toBe(pair.arrived)
      for (const id of pair.held.splice(0)) await merging.merges.unmerge(watch, id, 'as-before')
      expect(await picture(merging)).toEqual(await picture(twin))
    }),
    { numRuns: 8 },
  )
  expect(merges).toBeGreaterThan(5)
}, 120_000)

function refused(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'cluster.illegal-act' })
}

async function three() {
  const node = await doing()
  await receive(node, [0, 1, 3, 20, 21, 23])
  const ids = await byEntity(node)
  return {
    node,
    plain: ids.get('host-0') ?? '',
    other: ids.get('host-1') ?? '',
    red: ids.get('host-3') ?? '',
  }
}

test('the strictest stands for all; who may not see it sees his own clusters as before, and nothing of it', async () => {
  const { node, plain, other, red } = await three()
  await using _ = node
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const before = await node.clusters.list(low, { limit: 10 })
  const { head, merge } = await node.merges.merge(watch, [plain, other, red], '')
  expect(head).toMatchObject({ id: red, tlp: 'red', alert_count: 6, merged_count: 2 })
  expect((await node.clusters.list(watch, { limit: 10 })).items).toMatchObject([{ id: red }])
  const after = await node.clusters.list(low, { limit: 10 })
  expect(after.items.map(({ version: _, ...one }) => one)).toEqual(
    before.items.map(({ version: _, ...one }) => one),
  )
  await expect(node.merges.unmerge(low, merge.id, 'as-before')).rejects.toThrow(
    problem('merge.not-found'),
  )
  const { items } = await node.alerts.list(watch, { limit: 50, cluster: red })
  expect(items).toHaveLength(6)
})

test('what comes after all was closed opens a cluster again, and noise stays quiet', async () => {
  const { node, plain, other } = await three()
  await using _ = node
  const { head } = await node.merges.merge(watch, [plain, other], '')
  const under = head.id === plain ? 1 : 0
  await node.triage.triage(watch, [head.id], { act: 'close', reason: 'benign', note: '' })
  await receive(node, [100], under)
  expect(await node.clusters.get(watch, head.id)).toMatchObject({ state: 'closed', alert_count: 5 })
  await node.triage.triage(watch, [head.id], { act: 'reopen' })
  await node.triage.triage(watch, [head.id], { act: 'close', reason: 'true_positive', note: '' })
  await receive(node, [101], under)
  const fresh = await node.clusters.list(watch, { limit: 10, filter: `entity:host-${under}` })
  expect(fresh.items).toMatchObject([{ state: 'new', alert_count: 1, merged_into: null }])
})

test('who takes a merge back is told what came since and may let what was decided hold for all', async () => {
  const { node, plain, other } = await three()
  await using _ = node
  const { head, merge } = await node.merges.merge(watch, [plain, other], 'cùng một máy quét')
  const member = head.id === plain ? other : plain
  await receive(node, [200], head.id === plain ? 1 : 0)
  await expect(node.triage.triage(watch, [member], { act: 'acknowledge' })).rejects.toThrow(
    problem('cluster.illegal-act'),
  )
  await node.triage.triage(watch, [head.id], {
    act: 'close',
    reason: 'benign',
    note: 'quét định kỳ',
  })
  expect((await node.merges.list(watch, head.id, { limit: 10 })).items).toMatchObject([
    { id: merge.id, alerts_since: 1, head_changed: true, clusters: [{ id: member }] },
  ])
  await node.merges.unmerge(watch, merge.id, 'as-head')
  expect(await node.clusters.get(watch, member)).toMatchObject({
    state: 'closed',
    close_reason: 'benign',
    alert_count: 3,
  })
  await expect(node.merges.unmerge(watch, merge.id, 'as-head')).rejects.toThrow(
    problem('merge.ended'),
  )
  expect((await node.merges.list(watch, head.id, { limit: 10 })).items).toEqual([])
})

test('clusters of two organisations, and what is closed or merged already, are not merged', async () => {
  const { node, plain, other, red } = await three()
  await using _ = node
  const strange = alertOf(900, { organisation_id: centreOrg, entity: 'host-9', time: start })
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(
      tx,
      { ...origin, organisation_id: centreOrg },
      writtenTogether([strange]),
    ),
  )
  const ids = await byEntity(node)
  const merge = (ids: string[]) => node.merges.merge(watch, ids, '')
  await expect(merge([plain, ids.get('host-9') ?? ''])).rejects.toThrow(problem('cluster.unlike'))
  await merge([plain, other])
  await expect(merge([plain, other, red])).rejects.toThrow(problem('cluster.illegal-act'))
  await node.triage.triage(watch, [red], { act: 'close', reason: 'duplicate', note: '' })
  await expect(merge([ids.get('host-9') ?? '', red])).rejects.toThrow(
    problem('cluster.illegal-act'),
  )
})
