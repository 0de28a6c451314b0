import { setTimeout as delay } from 'node:timers/promises'
import { systemScope } from '@haidang/runtime/database/database'
import { Metrics } from '@haidang/runtime/metrics'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, test } from 'vitest'
import { serveLive } from '../src/live/live-routes.ts'
import { JournalService } from '../src/modules/audit/journal-service.ts'
import { JournalView } from '../src/modules/audit/journal-view.ts'
import { password, whoNode } from './who-node.ts'

type Headers = Record<string, string>

async function liveNode() {
  const node = await whoNode()
  const { http, gate, journal, database, clock } = node
  const entries = new JournalService(database, new JournalView())
  const ending = new AbortController()
  const metrics = new Metrics({ process: false })
  serveLive({ http, gate, entries, journal, clock, log: silentLog, metrics, signal: ending.signal })
  await node.setUp()
  const url = await http.listen({ port: 0, host: '127.0.0.1' })

  const append = (organisation_id: string | null, subject: string, tlp_rank = 0) =>
    database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'incident.noted',
        organisation_id,
        tlp_rank,
        actor: systemScope.actor,
        authority: 'test',
        subject,
      }),
    )

  /** Opens a stream and gathers what comes. */
  async function follow(headers: Headers) {
    const stop = new AbortController()
    const reply = await fetch(`${url}/api/v1/live`, { headers, signal: stop.signal })
    let text = ''
    const done = (async () => {
      if (!reply.body) return
      for await (const chunk of reply.body) text += Buffer.from(chunk).toString()
    })().catch(() => undefined)
    const subjects = () =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '').subject)
    const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
    const close = async () => {
      stop.abort()
      await done
    }
    return { reply, subjects, ids, done, close }
  }

  return { ...node, append, follow, ending, [Symbol.asyncDispose]: node[Symbol.asyncDispose] }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(10_000)
  while (!holds()) {
    deadline.throwIfAborted()
    await delay(20)
  }
}

test('an entry appears on every open stream, in order, and a return with Last-Event-ID misses nothing', async () => {
  await using node = await liveNode()
  const local: Headers = node.local
  const [first, second] = [await node.follow(local), await node.follow(local)]
  expect(first.reply.headers.get('content-type')).toContain('text/event-stream')
  await node.append(null, 'a')
  await node.append(null, 'b')
  await until(() => first.ids().length === 2 && second.ids().length === 2)
  expect(first.subjects()).toEqual(['a', 'b'])
  const last = first.ids()[0]
  await first.close()
  for (let index = 0; index < 450; index++) await node.append(null, `c${index}`)
  const again = await node.follow({ ...local, 'last-event-id': String(last) })
  await until(() => again.ids().length === 451)
  expect(again.subjects().slice(0, 2)).toEqual(['b', 'c0'])
  expect(again.ids()).toEqual(Array.from({ length: 451 }, (_, index) => (last ?? 0) + 1 + index))
  await Promise.all([second.close(), again.close()])
})

test('a stream tells of the own organisation up to one’s clearance, and of nothing else', async () => {
  await using node = await liveNode()
  const home = (await node.home())?.id ?? ''
  const email = 'dau-moi@tt.example'
  const body = { organisation_id: home, name: 'x', email, role_id: 'focal-point', password }
  await node.people(node.local).create({ body })
  const { cookie } = await node.signIn(email)
  const stream = await node.follow({ cookie })
  await node.append(null, 'node')
  await node.append('org_other', 'foreign')
  await node.append(home, 'red', 4)
  await node.append(home, 'own', 2)
  await until(() => stream.ids().length > 0)
  expect(stream.subjects()).toEqual(['own'])
  await stream.close()
})

test('without a session or the right there is no stream, and no more than eight at once', async () => {
  await using node = await liveNode()
  expect((await node.follow({})).reply.status).toBe(401)
  const streams = await Promise.all(Array.from({ length: 8 }, () => node.follow({ ...node.local })))
  expect((await node.follow({ ...node.local })).reply.status).toBe(429)
  await streams[0]?.close()
  // The server learns of the closed connection a moment later.
  let next = await node.follow({ ...node.local })
  const deadline = AbortSignal.timeout(10_000)
  while (next.reply.status === 429) {
    deadline.throwIfAborted()
    next = await node.follow({ ...node.local })
  }
  expect(next.reply.status).toBe(200)
  await Promise.all([...streams, next].map((stream) => stream.close()))
})

test('the end of the node ends its streams', async () => {
  await using node = await liveNode()
  const stream = await node.follow({ ...node.local })
  node.ending.abort()
  await stream.done
})
