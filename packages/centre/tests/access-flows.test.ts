import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@haidang/contracts/client'
import { findingOf } from '@haidang/contracts/detection-finding'
import type { Endpoint } from '@haidang/contracts/endpoint'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
import type { Envelope } from '@haidang/contracts/link'
import { orderApi } from '@haidang/contracts/order-api'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Peer } from '@haidang/link/peer'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import {
  type EmbeddedEventStore,
  openEmbeddedEventStore,
} from '@haidang/runtime/event-store/embedded-event-store'
import { derivedId, newUuid } from '@haidang/runtime/ids'
import { silentLog } from '@haidang/runtime/silent-log'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { centreEndpoints } from './access-endpoints.ts'
import { eventOf } from './access-event.ts'
import { foreign, formatsOf, isFile, namesQuery, tells, words, wordsOf } from './access-files.ts'
import { envelopes, files, searches, streams } from './access-flows.ts'
import { type Asker, type Ground, ground, type Lot } from './access-ground.ts'
import { senderOf } from './access-holding.ts'
import { markOf, marks, routeOf } from './access-matrix.ts'
import { localToken } from './centre-node.ts'
import { alertOf } from './doing.ts'

const directory = mkdtempSync(join(tmpdir(), 'haidang-access-'))
const endpoints = new Map(centreEndpoints())
const hour = 3_600_000
const now = Date.now()
const range = { from: new Date(now - hour).toISOString(), to: new Date(now + hour).toISOString() }
let store: EmbeddedEventStore
let site: Ground
let events: ReadonlyMap<Lot, string>
const orders = new Map<Lot, string>()

beforeAll(async () => {
  store = await openEmbeddedEventStore({ directory, clock: systemClock, log: silentLog })
  await store.define(eventTableStatements())
  site = await ground(store)
  events = new Map(site.lots.map((lot, n) => [lot, derivedId('event', now, 'nod_a', 1, n)]))
  const rows = [...events].map(([lot, id]) => eventRow(eventOf(lot, id, now)))
  await store.insert(eventTable, rows.join('\n'), 'lots')
}, 120_000)
afterAll(async () => {
  await site?.node[Symbol.asyncDispose]()
  await store?.close()
  rmSync(directory, { recursive: true, force: true })
})

function endpointOf(name: string): Endpoint {
  const endpoint = endpoints.get(name)
  if (!endpoint) throw new Error(`no endpoint ${name}`)
  return endpoint
}

/** Who may call it, by role. */
function askersOf(endpoint: Endpoint): Asker[] {
  return site.askers.filter(({ role }) => markOf(endpoint, role) !== marks.none)
}

async function get(path: string, query: Record<string, string>, { secret }: Asker) {
  const reply = await site.node.http.inject({
    method: 'GET',
    url: `${path}?${new URLSearchParams(query)}`,
    headers: { authorization: `Bearer ${secret}` },
  })
  return { status: reply.statusCode, text: reply.body, bytes: reply.rawPayload }
}

/** Things of one's own organisation, or of the whole node, up to one's clearance. */
function shown({ role }: Asker): Lot[] {
  return site.lots.filter(
    ({ relation, tlp }) =>
      tlpRank(tlp) <= tlpRank(role.clearance) && (role.scope === 'node' || relation === 'own'),
  )
}

const labels = (lots: readonly Lot[]) => lots.map(({ relation, tlp }) => `${relation} ${tlp}`)

test('event search, histogram, values and single events show each role what the page says', async () => {
  expect([...endpoints.keys()].filter((name) => name.startsWith('eventApi.'))).toEqual(searches)
  for (const asker of askersOf(endpointOf('eventApi.search'))) {
    const due = shown(asker)
    const { text } = await get('/api/v1/events', { ...range, limit: '500' }, asker)
    const found = site.lots.filter((lot) => text.includes(events.get(lot) ?? '?'))
    expect({ role: asker.role.id, found: labels(found) }).toEqual({
      role: asker.role.id,
      found: labels(due),
    })
    const drawn = await get('/api/v1/events/histogram', range, asker)
    expect(JSON.parse(drawn.text).total).toBe(due.length)
    const field = { ...range, field: 'organisation_id' }
    const { values } = JSON.parse((await get('/api/v1/events/values', field, asker)).text)
    expect(new Set(values.map(({ value }: { value: string }) => value))).toEqual(
      new Set(due.map(({ things }) => things.organisation)),
    )
    if (asker.role.scope === 'node') continue
    for (const [lot, id] of events) {
      const { status } = await get(`/api/v1/events/${id}`, {}, asker)
      expect(status, `${asker.role.id} ${labels([lot])}`).toBe(due.includes(lot) ? 200 : 404)
    }
  }
}, 120_000)

/** Calls that answer with a file, or lead elsewhere. */
const answering = [...endpoints].filter(([, endpoint]) => isFile(endpoint))

test('every call that answers with a file is in the page', () => {
  expect(answering.map(([name]) => name).toSorted()).toEqual(Object.keys(files).toSorted())
})

/** Files of one thing are asked for by its name, as every route is (access.test.ts). */
const listing = answering.filter(([, { method, params }]) => method === 'GET' && !params)

test.each(listing)(
  'the file of %s tells no more than the page',
  async (name, endpoint) => {
    const { rows } = await site.node.database.asOwner(namesQuery)
    const names = new Map<string, string>(rows.map((row) => [row.id, row.name]))
    const calls = askersOf(endpoint).flatMap((asker) =>
      formatsOf(endpoint.query).map((format) => ({ asker, format })),
    )
    for (const { asker, format } of calls) {
      const { status, bytes } = await get(endpoint.path, { format }, asker)
      const about = `${name} ${format} × ${asker.role.id}`
      expect(status, about).toBe(200)
      const text = await words(bytes, format)
      const { due, barred } = expectedIn(files[name] ?? null, asker, names)
      for (const word of due) expect(tells(text, word), `${about}: ${word}`).toBe(true)
      for (const word of barred) expect(tells(text, word), `${about}: ${word}`).toBe(false)
    }
  },
  120_000,
)

/** Words a file with rows of a table must and must not have for who asks. */
function expectedIn(table: string | null, asker: Asker, names: ReadonlyMap<string, string>) {
  const [own] = site.lots
  if (!own || table === null) return { due: [], barred: foreign([], null, names) }
  const word = table === 'journal' ? own.things.organisation : wordsOf(own, table, names).at(-1)
  const isBound = asker.role.scope === 'organisation'
  const others = site.lots.filter(({ relation }) => relation !== 'own')
  const barred = isBound ? others.filter((lot) => !shown(asker).includes(lot)) : []
  return { due: [word ?? '?'], barred: foreign(barred, table, names) }
}

test('every route beside the tables is in the page; the live stream tells whole what a role may know, and no more', async () => {
  const tables = new Set([...endpoints.values()].map(routeOf))
  const beside = site.node.routes.filter((route) => !tables.has(route) && !/^HEAD /.test(route))
  expect(beside).toEqual(Object.keys(streams))
  const url = await site.node.http.listen({ port: 0, host: '127.0.0.1' })
  const own = site.lots[0]?.things.organisation
  for (const { role, secret } of site.askers) {
    const may = role.permissions.includes('live.read')
    const { rows } = await site.node.database.asOwner(
      `select seq::int from journal
       where tlp_rank <= $1 and ($2::text is null or organisation_id = $2) order by seq`,
      [tlpRank(role.clearance), role.scope === 'node' ? null : own],
    )
    const { status, seqs } = await followed(url, secret, rows.length)
    expect(status, role.id).toBe(may ? 200 : 403)
    expect(seqs, role.id).toEqual(may ? rows.map(({ seq }) => seq) : [])
  }
}, 120_000)

/** Numbers of the entries a live stream tells from the first on, until there are so many. */
async function followed(url: string, secret: string, count: number) {
  const stop = new AbortController()
  const headers = { authorization: `Bearer ${secret}`, 'last-event-id': '0' }
  const { status, body } = await fetch(`${url}/api/v1/live`, { headers, signal: stop.signal })
  let text = ''
  const seqs = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  for await (const chunk of (status === 200 && body) || []) {
    text += Buffer.from(chunk).toString()
    if (seqs().length >= count) break
  }
  stop.abort()
  return { status, seqs: seqs() }
}

/** Accepts every station, issues an order about every lot, and waits until its envelope is on the way. */
async function issued(): Promise<Map<Lot, string>> {
  const { node, lots } = site
  if (orders.size > 0) return orders
  await node.database.asOwner(`update station set accepted_fingerprint = id where not local`)
  const api = createClient(orderApi, senderOf(node, localToken))
  for (const lot of lots) {
    const body = { ...orderDraft(node, lot.things.organisation), tlp: lot.tlp }
    orders.set(lot, (await api.issue({ body })).id)
  }
  const deadline = AbortSignal.timeout(60_000)
  while ((await sent()).length < lots.length) {
    deadline.throwIfAborted()
    await delay(50)
  }
  return orders
}

async function sent() {
  const { rows } = await site.node.database.asOwner(`
    select e.line, e.to_organisation, s.organisation_id from link_envelope e
    left join station s on s.node_id = e.node_id
    where e.direction = 'sent' and e.type = 'order.issued'`)
  return rows.map((row) => ({ ...row, envelope: JSON.parse(row.line) as Envelope }))
}

test('an envelope goes to the node of who may see its subject here, and to nobody else', async () => {
  const ids = await issued()
  const rows = await sent()
  expect(rows).toHaveLength(site.lots.length)
  for (const [lot, id] of ids) {
    const [row, ...more] = rows.filter(({ envelope }) => envelope.subject === id)
    expect(more).toEqual([])
    expect(row).toMatchObject({
      to_organisation: lot.things.organisation,
      organisation_id: lot.things.organisation,
    })
    expect(row?.envelope.tlp).toBe(lot.tlp)
    const scope = { actor: systemScope.actor, organisations: [lot.things.organisation] }
    const { rows: seen } = await site.node.database.transact({ ...scope, clearance: 4 }, (tx) =>
      tx.execute(sql`select 1 from coordination_order where id = ${id}`),
    )
    expect(seen).toHaveLength(1)
  }
}, 120_000)

function peerOf(organisation_id: string): Peer {
  const node_id = `nod_${organisation_id}`
  return { node_id, station_id: 'sta_x', organisation_id, name: 'x', fingerprint: 'x' }
}

test('what a node sends in counts for the organisation of its certificate alone', async () => {
  const { lots, node } = site
  const senders = [...new Set(lots.map(({ things }) => things.organisation))]
  const take = (sender: string, type: string, data: unknown, from = sender) => {
    const peer = peerOf(sender)
    const envelope = { type, from, to: 'x', subject: 'x', data } as Envelope
    return node.database
      .transact(systemScope, (tx) => node.parentHandlers.messages(tx, peer, envelope))
      .then(
        () => 'taken',
        ({ code }) => code ?? 'fault',
      )
  }
  for (const [lot, order_id] of await issued()) {
    const { things, relation, tlp } = lot
    const entry = { id: node.newId('step'), step: 'delivered', time: range.from, actor_name: 'x' }
    const said = {
      order_id,
      entry: { ...entry, via: 'link', note: '', results: [], evidence: [] },
    }
    for (const sender of senders) {
      if (sender === things.organisation) continue
      const about = `order.delivered by another about ${relation} ${tlp}`
      expect(await take(sender, 'order.delivered', said), about).toMatch(/^order\.not-/)
      expect(await take(sender, 'order.delivered', said, things.organisation)).toBe(
        'order.not-yours',
      )
    }
    expect(await take(things.organisation, 'order.delivered', said)).toBe('taken')
    for (const [type, way] of Object.entries(envelopes)) {
      if (way !== 'down' && way !== 'nowhere') continue
      const outcome = await take(things.organisation, type, { ...said, reason: 'x' })
      expect(outcome, `${type} from a child`).toMatch(/^[a-z]+\.[a-z-]+$/)
    }
  }
})

test('what a node sends of its alerts is kept as its own, whatever it claims', async () => {
  const { lots, node } = site
  const [victim] = lots
  for (const [n, { things, relation }] of lots.entries()) {
    if (relation === 'own') continue
    const peer = peerOf(things.organisation)
    const organisation_id = victim?.things.organisation ?? ''
    const alert = alertOf(50_000 + n, { organisation_id, entity: newUuid(systemClock) })
    await node.database.transact(systemScope, (tx) =>
      node.parentHandlers.alerts(tx, peer, [{ ...findingOf(alert) }], [n]),
    )
    const { rows } = await node.database.asOwner(
      'select organisation_id from alert where entity = $1',
      [alert.entity],
    )
    expect(rows).toEqual([{ organisation_id: things.organisation }])
  }
})
