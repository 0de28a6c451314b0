import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { millisecondsOf } from '@haidang/contracts/instant'
import { parseForeignJson } from '@haidang/contracts/json-nesting'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { linkName } from '../keys/certificates.ts'
import { limits } from '../wire/limits.ts'
import { Refusal } from './refusal.ts'

interface ParentClientParts {
  readonly url: string
  /** PEM of the authorities that may vouch for the parent. */
  readonly authority: string
  /** Absent while joining. */
  readonly identity?: { readonly key: string; readonly certificate: string }
  /** Address of this host to dial from; the system's choice unless told. */
  readonly localAddress?: string | undefined
  readonly clock: Clock
}

export interface ParentCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
  readonly signal?: AbortSignal
  /** 20 s unless told. */
  readonly timeout?: number
}

export interface ParentAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Dials the parent: TLS 1.3, its certificate checked against the pinned authority and the link's one name. */
export class ParentClient {
  readonly #parts: ParentClientParts
  readonly #agent: Agent
  #offset: number | null = null
  #isToRenew = false

  constructor(parts: ParentClientParts) {
    this.#parts = parts
    const { authority, identity, localAddress } = parts
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 4,
      ca: authority,
      minVersion: 'TLSv1.3',
      servername: linkName,
      ...(identity ? { key: identity.key, cert: identity.certificate } : {}),
      ...(localAddress ? { localAddress } : {}),
    })
  }

  /** Own clock minus the parent’s, milliseconds, half the round trip allowed for; null before the first answer. */
  get clockOffset(): number | null {
    return this.#offset
  }

  /** Whether the parent asked for a renewal before its time: its authority or keys have changed. */
  get isToRenew(): boolean {
    return this.#isToRenew
  }

  /** One exchange. Throws Refusal for a status of 400 and above, Problem join.parent-unreachable otherwise. */
  async call(call: ParentCall): Promise<ParentAnswer> {
    const sent = this.#parts.clock.now()
    const answer = await this.#exchange(call)
    // A long poll says nothing of the way: only quick answers are measured.
    const received = this.#parts.clock.now()
    const theirs = millisecondsOf(String(answer.headers['haidang-time']))
    if (received - sent < 5000 && !Number.isNaN(theirs)) {
      this.#offset = Math.round((sent + received) / 2 - theirs)
    }
    if (answer.headers['haidang-renew'] === '1') this.#isToRenew = true
    if (answer.status >= 400) throw new Refusal(answer)
    return answer
  }

  /** The same with JSON both ways; the value is not yet validated. */
  async json(call: Omit<ParentCall, 'body'>, value?: unknown): Promise<unknown> {
    const body = value === undefined ? {} : { body: Buffer.from(JSON.stringify(value)) }
    const headers = { 'content-type': 'application/json', ...call.headers }
    const answer = await this.call({ ...call, headers, ...body })
    try {
      return parseForeignJson(answer.body.toString('utf8'))
    } catch {
      throw unreachable('its answer is not JSON')
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #exchange({ method, path, headers, body, signal, timeout = 20_000 }: ParentCall) {
    const ended = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])])
    return new Promise<ParentAnswer>((resolve, reject) => {
      const fail = (error: Error) => reject(failureOf(error))
      const sending = request(
        new URL(path, this.#parts.url),
        { method, agent: this.#agent, signal: ended, headers: { ...headers } },
        (response) => {
          collected(response).then(resolve, fail)
        },
      )
      sending.on('error', fail)
      sending.end(body)
    })
  }
}

async function collected(response: IncomingMessage): Promise<ParentAnswer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response) {
    size += piece.length
    if (size > limits.batch) throw new Error('its answer is too large')
    pieces.push(piece)
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(pieces),
  }
}

/** What OpenSSL says of a certificate whose authority is not the one trusted. */
const strangers: ReadonlySet<unknown> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])

function failureOf(error: Error): Problem {
  if (!('code' in error) || !strangers.has(error.code)) return unreachable(error.message)
  return new Problem(
    'join.parent-mismatch',
    'the parent shows another authority than the one this node trusts. If the parent says by telephone that it was replaced, join again with a new code or an answer file; if not, somebody stands in between',
  )
}

function unreachable(detail: string): Problem {
  return new Problem('join.parent-unreachable', detail)
}
