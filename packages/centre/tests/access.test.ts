import { join } from 'node:path'
import type { Endpoint } from '@haidang/contracts/endpoint'
import { Tlp, tlpRank } from '@haidang/contracts/tlp'
import { linkRowAccess } from '@haidang/link/row-access'
import { runtimeRowAccess } from '@haidang/runtime/row-access'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stationRowAccess } from '../../station/src/row-access.ts'
import { centreRowAccess } from '../src/row-access.ts'
import { centreEndpoints } from './access-endpoints.ts'
import { flowSection } from './access-flows.ts'
import { type Asker, type Ground, ground, type Lot } from './access-ground.ts'
import { everything, type Holding } from './access-holding.ts'
import {
  accessPage,
  kindOf,
  markOf,
  marks,
  readMatrix,
  relations,
  routeOf,
  toldTo,
} from './access-matrix.ts'
import type { Sample } from './access-sample.ts'
import { samples } from './access-samples.ts'

const page = join(import.meta.dirname, '../../../docs/reference/access.md')
const tables = [runtimeRowAccess, linkRowAccess, stationRowAccess, centreRowAccess].flat()
const endpoints = centreEndpoints()
/** Kinds of things under another name than that of their table. */
const sameAs: Readonly<Record<string, string>> = { spread: 'cluster', otherIncident: 'incident' }

let site: Ground
let matrix: ReturnType<typeof readMatrix>
let hidden: ReadonlyMap<Asker, ReadonlySet<string>>

beforeAll(async () => {
  site = await ground()
  matrix = readMatrix(documented())
  hidden = new Map(site.askers.map((asker) => [asker, hiddenFrom(asker)]))
}, 120_000)
afterAll(() => site?.node[Symbol.asyncDispose]())

function accessOf(kind: string) {
  const access = tables.find((one) => one.kind === (sameAs[kind] ?? kind))
  if (!access) throw new Error(`say in row-access.ts which table holds what is called ${kind}`)
  return access
}

/** Whether things of a kind are shown by the TLP of a row. */
function classified(kind: string): boolean {
  const access = accessOf(kind)
  return access.reach === 'part' || ('rank' in access && access.rank === 'tlp_rank')
}

/** What the declaration says somebody sees of a lot. */
function sees({ role }: Asker, { relation, tlp }: Pick<Lot, 'relation' | 'tlp'>, kind: string) {
  if (classified(kind) && tlpRank(tlp) > tlpRank(role.clearance)) return false
  return role.scope === 'node' || toldTo(accessOf(kind), relation).includes(tlp)
}

async function call(endpoint: Endpoint, sample: Sample, secret?: string) {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name) => sample.params?.[name] ?? '')
  const query = new URLSearchParams(sample.query).toString()
  const reply = await site.node.http.inject({
    method: endpoint.method,
    url: query ? `${path}?${query}` : path,
    headers: secret ? { authorization: `Bearer ${secret}` } : {},
    ...(sample.body === undefined ? {} : { payload: sample.body as object }),
  })
  const problem = String(reply.headers['content-type']).startsWith('application/problem+json')
  return {
    status: reply.statusCode,
    code: problem ? String(reply.json().code) : '',
    text: reply.body,
  }
}

function sampleOf(name: string, of: Holding): Sample {
  const sample = samples[name]
  if (!sample) throw new Error(`say in access-samples.ts how ${name} is called`)
  return sample(of, site.node)
}

/** Identifiers somebody must never read, by role: of things the declaration does not show. */
function hiddenFrom(asker: Asker): ReadonlySet<string> {
  return new Set(
    site.lots.flatMap((lot) =>
      Object.entries(lot.things)
        .filter(([kind]) => kind !== 'organisation' && !sees(asker, lot, kind))
        .map(([, id]) => id),
    ),
  )
}

/** What of it a text tells all the same. */
function leaked(text: string, hidden: ReadonlySet<string>): string[] {
  return (text.match(/[a-z]{3}_[0-9a-f-]{36}/g) ?? []).filter((id) => hidden.has(id))
}

/** The page of the documents as it must be: what the answers are compared with. */
function documented(): string {
  const roles = site.askers.map(({ role }) => role).filter(({ id }) => id !== everything)
  return accessPage(roles, tables, flowSection(tables))
}

test('the page of the documents is what contracts, roles and declarations say', async () => {
  await expect(documented()).toMatchFileSnapshot(page)
})

test('every endpoint of every table is served, and none beside them', () => {
  const written = endpoints.map(([, endpoint]) => routeOf(endpoint))
  expect(site.node.http.served.map(routeOf).toSorted()).toEqual(written.toSorted())
})

test('lists show each role everything the declaration shows it, and nothing else', async () => {
  const lists: [string, keyof Holding][] = [
    ['incidentApi.list', 'incident'],
    ['alertApi.list', 'alert'],
    ['clusterApi.list', 'cluster'],
    ['orderApi.list', 'order'],
    ['advisoryApi.list', 'advisory'],
    ['taskApi.list', 'task'],
    ['advisoryDraftApi.list', 'advisoryDraft'],
    ['systemApi.list', 'system'],
    ['ruleLibraryApi.list', 'rule'],
  ]
  for (const [name, kind] of lists) {
    const [, endpoint] = endpoints.find(([one]) => one === name) ?? []
    if (!endpoint) throw new Error(`no endpoint ${name}`)
    for (const asker of site.askers.filter(({ role }) => markOf(endpoint, role) !== marks.none)) {
      const sample = { names: 'nothing', query: { limit: '200' } } as const
      const { text } = await call(endpoint, sample, asker.secret)
      const shown = site.lots.filter(({ things }) => text.includes(`"${things[kind]}"`))
      const due = site.lots.filter((lot) => sees(asker, lot, kind))
      expect({ name, role: asker.role.id, shown: shown.map(labelOf) }).toEqual({
        name,
        role: asker.role.id,
        shown: due.map(labelOf),
      })
    }
  }
})

test('SQL under the application role shows what the declaration shows, table by table', async () => {
  const asking = firstOf(site.lots).things.organisation
  const kinds = Object.keys(firstOf(site.lots).things) as (keyof Holding)[]
  for (const asker of site.askers.filter(({ role }) => role.scope === 'organisation')) {
    const clearance = tlpRank(asker.role.clearance)
    const scope = { actor: { id: 'x', name: 'x' }, organisations: [asking], clearance }
    for (const kind of kinds) {
      const { table } = accessOf(kind)
      const { rows } = await site.node.database.transact(scope, (tx) =>
        tx.execute<{ id: string }>(sql`select id from ${sql.identifier(table)}`),
      )
      const seen = new Set(rows.map(({ id }) => id))
      for (const lot of site.lots) {
        const about = `${table} × ${asker.role.id} × ${labelOf(lot)}`
        expect(seen.has(lot.things[kind]), about).toBe(sees(asker, lot, kind))
      }
    }
    const { rows } = await site.node.database.transact(scope, (tx) =>
      tx.execute<{ organisation_id: string; tlp_rank: number }>(
        sql`select distinct organisation_id, tlp_rank from journal`,
      ),
    )
    expect(rows.every((row) => row.organisation_id === asking && row.tlp_rank <= clearance)).toBe(
      true,
    )
  }
})

function firstOf<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new Error('nothing there')
  return first
}

function labelOf({ relation, tlp }: { relation: string; tlp: Tlp }): string {
  return `${relation} ${tlp}`
}

/** It was done; a rule of the thing itself stood against it; a permission was wanting; it is not there. */
type Outcome = 'reached' | 'refused' | 'barred' | 'hidden'

function outcome(status: number, code: string): Outcome {
  if (status < 400) return 'reached'
  if (status === 404) return 'hidden'
  return status === 401 || code === 'permission.missing' ? 'barred' : 'refused'
}

test('what is GREEN is told to active members only', async () => {
  const { organisation } = firstOf(site.lots).things
  const scope = { actor: { id: 'x', name: 'x' }, organisations: [organisation], clearance: 4 }
  const seen = async () => {
    const { rows } = await site.node.database.transact(scope, (tx) =>
      tx.execute<{ id: string }>(sql`select id from incident`),
    )
    return site.lots
      .filter(({ things }) => rows.some(({ id }) => id === things.incident))
      .map(labelOf)
      .filter((label) => label.endsWith('green'))
  }
  const become = (state: string) =>
    site.node.database.asOwner('update organisation set membership = $1 where id = $2', [
      ...[state, organisation],
    ])
  expect(await seen()).toEqual(relations.map((relation) => `${relation} green`))
  await become('suspended')
  expect(await seen()).toEqual(['own green'])
  await become('active')
})

// Last, for these calls change and take away.
describe.each(endpoints)('%s', (name, endpoint) => {
  const route = routeOf(endpoint)

  /** As the committed page says; the role of the tests is not in it. */
  function markFor({ role }: Asker): string {
    if (role.id === everything) return markOf(endpoint, role)
    return matrix.get(route)?.get(role.id) ?? 'not in the matrix'
  }

  test('asks who is there', async () => {
    const { status, code } = await call(endpoint, sampleOf(name, firstOf(site.lots).things))
    if (endpoint.permission === 'public') expect(code).not.toBe('session.required')
    else expect({ status, code }).toEqual({ status: 401, code: 'session.required' })
  })

  test('answers every role about every organisation and TLP as the matrix says', async () => {
    for (const [place, asker] of site.askers.entries()) {
      const mark = markFor(asker)
      expect(Object.values(marks), `${route} × ${asker.role.id}`).toContain(mark)
      const lots = asked(asker, mark, place)
      if (endpoint.method === 'GET') {
        await Promise.all(lots.map((lot) => compare(asker, mark, lot)))
      } else for (const lot of lots) await compare(asker, mark, lot)
    }
  })

  /** Lots worth asking about: all where organisation and TLP decide, else one. */
  function asked(asker: Asker, mark: string, place: number): readonly Lot[] {
    const turn = site.lots.slice(place % site.lots.length).slice(0, 1)
    const { things } = firstOf(turn)
    const kind = kindOf(sampleOf(name, things), things)
    if (mark === marks.none || kind === undefined) return turn
    if (!classified(kind)) return site.lots.filter(({ tlp }) => tlp === 'amber')
    if (asker.role.id === everything && endpoint.method === 'GET') return site.lots
    // The role that may everything at home asks for all of them. No policy looks at a role beyond its scope and
    // clearance: the others ask for TLPs and organisations in turn, of their own for each TLP.
    return site.lots.filter(({ relation, tlp }, at) => {
      const inTurn =
        Math.floor(at / Tlp.options.length) === (tlpRank(tlp) + place) % relations.length
      if (asker.role.scope === 'organisation') return relation === 'own' || inTurn
      return inTurn && (tlp === 'red' || tlpRank(tlp) === place % Tlp.options.length)
    })
  }

  async function compare(asker: Asker, mark: string, lot: Lot): Promise<void> {
    const sample = sampleOf(name, lot.things)
    const { status, code, text } = await call(endpoint, sample, asker.secret)
    const about = `${route} × ${asker.role.id} × ${labelOf(lot)}: ${status} ${code}`
    expect(status, about).toBeLessThan(500)
    if (status < 400) expect(leaked(text, hidden.get(asker) ?? new Set()), about).toEqual([])
    if (mark === marks.none) expect(code, about).toBe('permission.missing')
    else
      expect(due(asker, mark, lot, kindOf(sample, lot.things)), about).toContain(
        outcome(status, code),
      )
  }

  /** Outcomes that agree with the matrix. */
  function due(asker: Asker, mark: string, lot: Lot, kind: string | undefined): Outcome[] {
    if (mark === marks.open) return ['reached', 'refused', 'hidden', 'barred']
    if (kind === undefined) return ['reached', 'refused', 'hidden']
    if (!sees(asker, lot, kind)) return ['hidden']
    return isTold(asker, lot) ? ['hidden', 'barred', 'refused'] : ['reached', 'refused']
  }

  /** What one was told by another one may read, not change. */
  function isTold({ role }: Asker, { relation }: Lot): boolean {
    return endpoint.method !== 'GET' && role.scope === 'organisation' && relation !== 'own'
  }
})
