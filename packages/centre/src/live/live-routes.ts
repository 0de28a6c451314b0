import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Gate } from '@haidang/runtime/http/serve'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JournalService } from '../modules/audit/journal-service.ts'
import { Bell } from './bell.ts'
import { type Sink, stream } from './live-stream.ts'

interface LiveParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly entries: JournalService
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly signal: AbortSignal
}

const path = '/api/v1/live'
/** Longest a receiver may be behind before it is cut off; it comes back with Last-Event-ID. */
const patience = 10_000
const streamsOfOne = 8
const streamsInAll = 1000

/** Serves `GET /api/v1/live`: the journal within the caller's scope as server-sent events (contracts/overview). */
export function serveLive(parts: LiveParts): void {
  const { http, gate, signal } = parts
  const open = new Map<string, number>()
  const gauge = parts.metrics.gauge('live_streams', 'Open streams of server-sent events')
  const ending = new AbortController()
  // A stream never ends by itself: it would hold the server open for ever.
  http.addHook('preClose', async () => ending.abort())

  http.get(path, { exposeHeadRoute: false }, async (request, reply) => {
    const caller = await admit(gate, request)
    const from = positionOf(request) ?? (await parts.entries.head(caller.scope))
    const leave = enter(open, caller)
    gauge.set(total(open))
    reply.hijack()
    const ended = AbortSignal.any([signal, ending.signal, closedBy(reply.raw)])
    const bell = new Bell()
    const stop = parts.journal.onAppend(() => bell.ring())
    try {
      begin(reply)
      const again = () => admit(gate, request).catch(() => undefined)
      const sink = sinkOf(reply.raw)
      await stream(
        { journal: parts.entries, admit: again, bell, sink, clock: parts.clock, signal: ended },
        caller,
        from,
      )
      reply.raw.end()
    } catch (error) {
      if (!ended.aborted) parts.log.warn({ error: String(error) }, 'a live stream broke off')
      reply.raw.destroy()
    } finally {
      stop()
      leave()
      gauge.set(total(open))
    }
  })
}

/** Throws Problem session.required or permission.missing. */
async function admit(gate: Gate, request: FastifyRequest): Promise<Caller> {
  const caller = await gate(request)
  if (!caller) throw new Problem('session.required')
  if (!caller.permissions.has('live.read')) {
    throw new Problem('permission.missing', 'live.read is needed')
  }
  return caller
}

function positionOf({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** Counts a stream of a session or key in. Throws Problem request.rate-limited where it has too many. */
function enter(open: Map<string, number>, caller: Caller): () => void {
  const owner = caller.session_id ?? caller.scope.actor.id
  const count = open.get(owner) ?? 0
  if (count >= streamsOfOne || total(open) >= streamsInAll) {
    throw new Problem('request.rate-limited', 'too many live streams are open')
  }
  open.set(owner, count + 1)
  return () => {
    const left = (open.get(owner) ?? 1) - 1
    if (left > 0) open.set(owner, left)
    else open.delete(owner)
  }
}

function total(open: ReadonlyMap<string, number>): number {
  return [...open.values()].reduce((sum, count) => sum + count, 0)
}

function begin(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that gather answers would hold the events back.
    'x-accel-buffering': 'no',
  })
  reply.raw.write('retry: 2000\n\n')
}

function closedBy(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  response.once('error', () => controller.abort())
  return controller.signal
}

function sinkOf(response: ServerResponse): Sink {
  return {
    write: (text) => response.write(text),
    drained: async (signal) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)])
      await once(response, 'drain', { signal: limit })
    },
  }
}
