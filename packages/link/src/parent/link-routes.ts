import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { type DownStream, DownStream as DownStreams, JoinRequest } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Peer } from '../peer.ts'
import { readBatch } from '../wire/batch.ts'
import { decompressed } from '../wire/compression.ts'
import type { Admission } from './admission.ts'
import type { DownFeed } from './down-feed.ts'
import type { JoinDesk } from './join-desk.ts'
import type { PeerGate } from './peer-gate.ts'
import type { StationStore } from './station-store.ts'
import { type AcceptedStream, acceptedStreams, type StreamIntake } from './stream-intake.ts'

export interface LinkRouteParts {
  readonly database: Database
  readonly gate: PeerGate
  readonly admission: Admission
  readonly desk: JoinDesk
  readonly stations: StationStore
  readonly intake: StreamIntake
  readonly feed: DownFeed
  readonly clock: Clock
  /** Aborted when the listener closes: long polls end at once. */
  readonly signal: AbortSignal
}

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const SpanQuery = z
  .object({ first: number.min(1), last: number.min(1) })
  .refine(({ first, last }) => last >= first, 'last lies before first')
const AfterQuery = z.object({ after: number, wait: z.coerce.number().int().min(0).default(25) })
const Confirmation = z.object({ stored: number })
/** Bytes of everything that is not a batch. */
const small = { bodyLimit: 131_072 }
const Renewal = z.object({ csr: z.string().max(10_000) })

/** The routes of link.md, served to children on the TLS listener. */
export function serveLink(app: FastifyInstance, parts: LinkRouteParts): void {
  app.addHook('onSend', async (request, reply) => {
    reply.header('haidang-time', parts.clock.iso())
    if (toRenew.has(request)) reply.header('haidang-renew', '1')
  })
  joinRoutes(app, parts)
  streamRoutes(app, parts)
}

function joinRoutes(app: FastifyInstance, parts: LinkRouteParts): void {
  const { database, desk, admission } = parts
  const knock = { ...small, onRequest: async ({ ip }: FastifyRequest) => admission.join(ip) }
  app.post('/link/v1/join', knock, (request) => {
    const body = read(JoinRequest, jsonOf(request), 'join.request-invalid')
    return database.transact(systemScope, (tx) => desk.request(tx, body))
  })
  app.get('/link/v1/join', (request) => {
    const [scheme, ticket = ''] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || ticket.length > 200) throw new Problem('join.code-wrong')
    return database.transact(systemScope, (tx) => desk.poll(tx, ticket))
  })
  app.post('/link/v1/renew', small, async (request) => {
    const peer = await peerOf(parts, request)
    const { csr } = read(Renewal, jsonOf(request), 'join.request-invalid')
    return database.transact(systemScope, (tx) => desk.renew(tx, peer, csr))
  })
}

function streamRoutes(app: FastifyInstance, parts: LinkRouteParts): void {
  const { database, stations, feed } = parts
  // Strangers are turned away before a byte of their batch is held in memory.
  const peers = new WeakMap<FastifyRequest, Peer>()
  const known = {
    onRequest: async (request: FastifyRequest) =>
      void peers.set(request, await peerOf(parts, request)),
  }
  app.get('/link/v1/watermarks', async (request) => {
    const peer = await peerOf(parts, request)
    return database.transact(systemScope, (tx) => stations.watermarks(tx, peer.station_id))
  })
  app.post<Named>('/link/v1/streams/:name', known, async (request) => {
    // That it was not revoked while it sent is looked at where its batch is stored.
    const peer = peers.get(request) ?? (await peerOf(parts, request))
    const stored = await parts.admission.during(peer.node_id, () => takeIn(parts, peer, request))
    return { stored }
  })
  app.get<Named>('/link/v1/streams/:name', async (request, reply) => {
    const peer = await peerOf(parts, request)
    return handOut(parts, peer, request, reply)
  })
  app.post<Named>('/link/v1/streams/:name/watermark', small, async (request) => {
    const peer = await peerOf(parts, request)
    const stream = downStream(request.params.name)
    const { stored } = read(Confirmation, jsonOf(request), 'request.invalid')
    return { stored: await feed.confirm(peer, stream, stored) }
  })
}

/** Requests of nodes that are told, with the answer, to renew. */
const toRenew = new WeakSet<FastifyRequest>()

interface Named {
  Params: { name: string }
}

async function takeIn(
  { intake }: LinkRouteParts,
  peer: Peer,
  request: FastifyRequest<Named>,
): Promise<number> {
  const stream = request.params.name
  if (!isAccepted(stream)) throw new Problem('link.stream-unknown', stream)
  const span = read(SpanQuery, request.query, 'link.batch-invalid')
  const body = await decompressed(bodyOf(request), request.headers['content-encoding'])
  return intake.store(peer, stream, span, readBatch(body, span))
}

async function handOut(
  parts: LinkRouteParts,
  peer: Peer,
  request: FastifyRequest<Named>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { feed, signal } = parts
  const stream = downStream(request.params.name)
  const { after, wait } = read(AfterQuery, request.query, 'request.invalid')
  const gone = new AbortController()
  request.raw.on('close', () => gone.abort())
  const ended = AbortSignal.any([signal, gone.signal])
  const batch = await feed.next(peer, stream, after, wait * 1000, ended)
  if (!batch) return reply.status(204).send()
  // It may have been revoked while it waited.
  await peerOf(parts, request)
  return reply
    .header('haidang-first', batch.first)
    .header('haidang-last', batch.last)
    .type('application/x-ndjson')
    .send(`${batch.lines.join('\n')}\n`)
}

async function peerOf({ gate }: LinkRouteParts, request: FastifyRequest): Promise<Peer> {
  const peer = await gate.peer(request.raw.socket)
  if (peer.renew) toRenew.add(request)
  return peer
}

function isAccepted(name: string): name is AcceptedStream {
  return acceptedStreams.some((stream) => stream === name)
}

function downStream(name: string): DownStream {
  const stream = DownStreams.safeParse(name)
  if (!stream.success) throw new Problem('link.stream-unknown', name)
  return stream.data
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function jsonOf(request: FastifyRequest): unknown {
  try {
    return parseForeignJson(bodyOf(request).toString('utf8'))
  } catch {
    throw new Problem('request.invalid', 'the body is not JSON')
  }
}

function read<T extends z.ZodType>(
  schema: T,
  value: unknown,
  code: 'join.request-invalid' | 'link.batch-invalid' | 'request.invalid',
): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.slice(0, 20).map(({ path, message }) => ({
    field: path.join('.'),
    cause: message,
    remedy: 'see the schema of this message',
  }))
  throw new Problem(code, errors.map(({ field, cause }) => `${field}: ${cause}`).join('; '), errors)
}
