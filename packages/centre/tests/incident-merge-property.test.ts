import type { Incident } from '@haidang/contracts/incident'
import type { Tlp } from '@haidang/contracts/tlp'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, provinceOrg } from './doing.ts'
import { clustersOf, incidentDraft as draft } from './incidents-for.ts'

type Node = Awaited<ReturnType<typeof doing>>

const watch = caller(centreOrg)

const tlps: readonly Tlp[] = ['amber', 'red', 'green', 'amber', 'amber+strict']
const told = [
  [provinceOrg, centreOrg],
  [provinceOrg],
  [provinceOrg, centreOrg],
  [centreOrg],
  [],
] as const

/** Five incidents, each with two clusters and an order, told to others and detected at different times. */
async function five(node: Node): Promise<Incident[]> {
  const opened: Incident[] = []
  for (const [n, tlp] of tlps.entries()) {
    const cluster_ids = await clustersOf(node, [2 * n, 2 * n + 1])
    const told_to = { organisations: [...(told[n] ?? [])], groups: [], people: [] }
    const detected_at = `2026-11-21T0${9 - n}:00:00.000Z`
    opened.push(
      await node.incidents.open(
        watch,
        draft(`Vụ ${n}`, { tlp, cluster_ids, told_to, detected_at }),
      ),
    )
  }
  return opened
}

/**
 * All that is stored of incidents and of what hangs on them, without what counts acts. When a deadline that is stopped
 * would have been due is reckoned again when it runs on.
 */
async function picture(node: Node) {
  const stored = (query: ReturnType<typeof sql>) =>
    node.database.transact(systemScope, async (tx) => (await tx.execute(query)).rows)
  return {
    incidents: await stored(sql`
      select to_jsonb(i) - 'id' - 'version' - 'updated_at' - 'closed_at' as row
      from incident i order by number`),
    clusters: await stored(sql`
      select to_jsonb(c) - 'id' - 'version' - 'incident_id' - 'last_alert_id' as row, i.number
      from cluster c left join incident i on i.id = c.incident_id order by c.entity`),
    deadlines: await stored(sql`
      select to_jsonb(d) - 'id' - 'subject_id' - 'round'
        - case when state = 'stopped' then '{from_at,due_at}'::text[] else '{}' end as row
      from deadline d order by subject_label, key`),
  }
}

const place = fc.nat(tlps.length - 1)
const merging = fc.record({
  kind: fc.constant('merge' as const),
  places: fc.uniqueArray(place, { minLength: 2, maxLength: 4 }),
})
const deciding = fc.record({
  kind: fc.constantFrom('close', 'reject', 'reopen', 'strict', 'tell', 'reach', 'verify'),
  place,
})
const parting = fc.record({ kind: fc.constant('unmerge' as const), at: fc.nat(4) })
const step = fc.oneof(
  { weight: 2, arbitrary: merging },
  { weight: 6, arbitrary: deciding },
  { weight: 1, arbitrary: parting },
)
/** Begins with a merge, so that what follows is decided while one holds. */
const story = fc
  .tuple(merging, fc.array(step, { minLength: 4, maxLength: 12 }))
  .map(([first, rest]) => [first, ...rest])
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** A node where incidents are merged, its twin where they never are, and the merges that hold. */
interface Pair {
  readonly merging: Node
  readonly twin: Node
  readonly mine: readonly Incident[]
  readonly other: readonly Incident[]
  readonly held: string[]
}

async function take(pair: Pair, one: Step): Promise<void> {
  const { merging, twin, mine, other, held } = pair
  if (one.kind === 'merge') {
    const [into = '', ...ids] = one.places.map((n) => mine[n]?.id ?? '')
    const merged = await merging.incidentMerges
      .merge(watch, { into, ids, reason: '' })
      .catch(refused)
    if (merged) held.push(merged.merge.id)
  } else if (one.kind === 'unmerge') {
    const [id] = held.splice(one.at, 1)
    if (id) await merging.incidentMerges.unmerge(watch, id, { incidents: 'as-before', give: [] })
  } else if (
    (await act(merging, one.kind, mine[one.place]?.id ?? '').catch(refused)) !== undefined
  ) {
    await act(twin, one.kind, other[one.place]?.id ?? '')
  }
}

const nobody = { organisations: [], groups: [], people: [] }
const states = { close: 'closed', reject: 'rejected', reopen: 'open', verify: 'verified' } as const

/** Something decided on an incident. */
function act(node: Node, kind: string, id: string): Promise<unknown> {
  const state = states[kind as keyof typeof states]
  if (state) return node.incidents.move(watch, id, { state, note: 'đã xem lại' })
  if (kind === 'reach') return node.incidents.update(watch, id, { tlp: 'red', told_to: nobody })
  if (kind === 'strict') return node.incidents.update(watch, id, { tlp: 'red' })
  return node.incidents.update(watch, id, { told_to: nobody, cause: 'ATTACK' })
}

function refused(error: unknown): undefined {
  const codes = ['incident.merged', 'incident.illegal-transition', 'incident.merged-stricter']
  expect(codes).toContain((error as { code?: string }).code)
  return undefined
}

test('merging incidents and taking it back in any order, with decisions in between, leaves all as if never merged', async () => {
  await using merging = await doing()
  await using twin = await doing()
  const pair: Pair = {
    merging,
    twin,
    mine: await five(merging),
    other: await five(twin),
    held: [],
  }
  let merges = 0
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      for (const n of tlps.keys()) await take(pair, { kind: 'reopen', place: n })
      for (const one of steps) await take(pair, one)
      merges += pair.held.length
      const { items } = await merging.incidents.list(watch, { limit: 50, filter: 'merged:false' })
      const covered = items.reduce((sum, { cluster_count }) => sum + cluster_count, 0)
      expect(covered, 'no cluster is lost or counted twice while merged').toBe(10)
      for (const id of pair.held.splice(0)) {
        await merging.incidentMerges.unmerge(watch, id, { incidents: 'as-before', give: [] })
      }
      expect(await picture(merging)).toEqual(await picture(twin))
    }),
    { numRuns: 12 },
  )
  expect(merges).toBeGreaterThan(10)
}, 120_000)
