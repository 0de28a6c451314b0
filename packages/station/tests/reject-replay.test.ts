import type { RejectReplay } from '@haidang/contracts/reject-replay'
import { expect, test } from 'vitest'
import { type Node, sourceNamed, startNode, stopNode, until } from './station-node.ts'

/** A source that takes JSON only, and records that are none. */
async function rejecting(node: Node, name: string, lines: readonly string[]) {
  const made = await node.ask('POST', '/api/v1/sources', {
    name,
    collector: 'json-lines',
    format: 'json',
  })
  const { source, token } = made.body
  await node.http.inject({
    method: 'POST',
    url: `/ingest/v1/${name}`,
    headers: { authorization: `Bearer ${token}` },
    payload: lines.join('\n'),
  })
  await until(async () =>
    (await sourceNamed(node, name)).counters.rejected === lines.length ? true : undefined,
  )
  return source.id as string
}

const words = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => `plain words ${name} ${n}`)

async function ended(node: Node, id: string): Promise<RejectReplay> {
  return until(async () => {
    const { body } = await node.ask('GET', `/api/v1/rejects/replays/${id}`)
    return body.state === 'running' ? undefined : body
  })
}

const eventsOf = (node: Node, name: string) =>
  node.events.events.filter(({ message }) => message?.includes(`plain words ${name} `))

test('rejects are looked at as bytes, tried as another format, and replayed as that, once', async () => {
  const node = await startNode('replay-as')
  const source_id = await rejecting(node, 'as', words(450, 'as'))
  const { body } = await node.ask('GET', `/api/v1/rejects?limit=1&filter=source_id:${source_id}`)
  const { id } = body.items[0]
  const shown = await node.ask('GET', `/api/v1/rejects/${id}`)
  expect(Buffer.from(shown.body.base64, 'base64').toString()).toMatch(/^plain words as \d+$/)
  const preview = (format?: string) =>
    node.ask('POST', '/api/v1/rejects/preview', { ids: [id], ...(format && { format }) })
  expect((await preview()).body.items[0]).toMatchObject({ event: null, reason: 'json.invalid' })
  expect((await preview('syslog')).body.items[0]).toMatchObject({
    reason: null,
    event: { message: expect.stringContaining('plain words as') },
  })
  expect(eventsOf(node, 'as')).toHaveLength(0)
  const begun = await node.ask('POST', '/api/v1/rejects/replay', { source_id, format: 'syslog' })
  expect(begun.body).toMatchObject({ state: 'running', total: 450, format: 'syslog' })
  expect(await ended(node, begun.body.id)).toMatchObject({
    state: 'done',
    done: 450,
    events: 450,
    still_rejected: 0,
    problem: null,
  })
  expect(eventsOf(node, 'as')).toHaveLength(450)
  const after = await node.ask('GET', `/api/v1/rejects/${id}`)
  expect(after.body.reject).toMatchObject({ replayed_as: 'syslog' })
  expect(after.body.reject.replayed_at).not.toBeNull()
  expect(after.body.base64).toBe(shown.body.base64)
  const { counters } = await sourceNamed(node, 'as')
  expect(counters).toMatchObject({ received: 450, parsed: 450, rejected: 0 })
  const again = await node.ask('POST', '/api/v1/rejects/replay', { source_id, format: 'syslog' })
  expect(await ended(node, again.body.id)).toMatchObject({ total: 0, events: 0 })
})

test('killed after events are written and before they are counted, a replay goes on and writes nothing twice', async () => {
  const first = await startNode('replay-kill')
  const source_id = await rejecting(first, 'killed', words(450, 'killed'))
  first.events.failAfter = new Error('killed after the insert')
  const begun = await first.ask('POST', '/api/v1/rejects/replay', { source_id, format: 'syslog' })
  await until(async () => {
    const { body } = await first.ask('GET', `/api/v1/rejects/replays/${begun.body.id}`)
    return body.problem === null ? undefined : body
  })
  expect(eventsOf(first, 'killed')).toHaveLength(200)
  expect((await sourceNamed(first, 'killed')).counters).toMatchObject({ parsed: 0, rejected: 450 })
  await stopNode(first)
  const second = await startNode('replay-kill', first.events)
  expect(await ended(second, begun.body.id)).toMatchObject({
    done: 450,
    events: 450,
    problem: null,
  })
  const ids = eventsOf(second, 'killed').map(({ id }) => id)
  expect([ids.length, new Set(ids).size]).toEqual([450, 450])
  expect((await sourceNamed(second, 'killed')).counters).toMatchObject({
    received: 450,
    parsed: 450,
    rejected: 0,
  })
})

test('a replay that is stopped leaves the rest to wait, and the next one goes on from there', async () => {
  const node = await startNode('replay-stop')
  const source_id = await rejecting(node, 'stopped', words(450, 'stopped'))
  node.events.isStuck = true
  const begun = await node.ask('POST', '/api/v1/rejects/replay', { source_id, format: 'syslog' })
  const url = `/api/v1/rejects/replays/${begun.body.id}`
  await until(async () => ((await node.ask('GET', url)).body.problem === null ? undefined : true))
  expect((await node.ask('POST', `${url}/stop`, {})).body.state).toBe('stopped')
  node.events.isStuck = false
  const left = await until(async () => {
    const { counters } = await sourceNamed(node, 'stopped')
    return counters.parsed > 0 ? counters : undefined
  })
  expect(left).toMatchObject({ parsed: 200, rejected: 250 })
  const rest = await node.ask('POST', '/api/v1/rejects/replay', { source_id, format: 'syslog' })
  expect(await ended(node, rest.body.id)).toMatchObject({ total: 250, events: 250 })
  expect(eventsOf(node, 'stopped')).toHaveLength(450)
})

test('who may not see a record neither reads its bytes nor replays it', async () => {
  const open = await startNode('replay-seen')
  const source_id = await rejecting(open, 'red', words(1, 'red'))
  const { body } = await open.ask('GET', `/api/v1/rejects?filter=source_id:${source_id}`)
  const { id } = body.items[0]
  await stopNode(open)
  const blind = await startNode('replay-seen', open.events, 0)
  expect((await blind.ask('GET', `/api/v1/rejects/${id}`)).status).toBe(404)
  const previewed = await blind.ask('POST', '/api/v1/rejects/preview', { ids: [id] })
  expect(previewed.body.items).toEqual([])
  const begun = await blind.ask('POST', '/api/v1/rejects/replay', { ids: [id], format: 'syslog' })
  expect(begun.body.total).toBe(0)
  expect(await ended(blind, begun.body.id)).toMatchObject({ events: 0 })
})
