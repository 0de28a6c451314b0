import * as plain from 'node:http'
import * as secure from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { blobNameOf } from '../blob-name.ts'
import type { S3Address } from './s3-address.ts'
import { exchange, type S3Answer } from './s3-exchange.ts'
import {
  answerPasses,
  isMissing,
  refusal,
  stillRefused,
  troubleOf,
  troublePasses,
} from './s3-refusal.ts'
import { queryText, signedHeaders } from './s3-signature.ts'

export interface S3ClientParts {
  readonly address: S3Address
  readonly accessKey: string
  readonly secretKey: string
  /** Certificates (PEM) trusted instead of those of the system. */
  readonly authority?: string | undefined
  readonly clock: Clock
  /** Milliseconds for which a service that does not answer is asked again. */
  readonly patience: number
  /** Ways to the service other than the name of its host. */
  readonly agent?: plain.Agent
}

/** Everything asked may be repeated: the same key gets the same content. */
export interface S3Question {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Below the prefix of the address. */
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Bytes of an answer at most; 64 kB unless told. */
  readonly largest?: number
  /** Milliseconds of one attempt, which is then the only one. */
  readonly once?: number
}

const firstPause = 100
const longestPause = 5_000
/** Milliseconds one attempt may take, however slowly it goes on. */
const longestAttempt = 600_000
/** Bytes of an answer that is no object. */
const largestWord = 65_536
const nothing = new Uint8Array()

/**
 * Asks a service that speaks S3. What passes by itself (a connection that breaks, 5xx, slow down) is asked
 * again until `patience` ends, then Problem blobs.unavailable; what does not is Problem blobs.refused with
 * field, cause and remedy, or ingest.disk-full.
 */
export class S3Client {
  readonly #parts: S3ClientParts
  readonly #agent: plain.Agent
  readonly #closed = new AbortController()

  constructor(parts: S3ClientParts) {
    this.#parts = parts
    const { authority, address } = parts
    const ways = { keepAlive: true, maxSockets: 8 }
    this.#agent =
      parts.agent ??
      (address.endpoint.protocol === 'https:'
        ? new secure.Agent({ ...ways, ...(authority === undefined ? {} : { ca: authority }) })
        : new plain.Agent(ways))
  }

  /** The answer, of success; undefined where there is no such object. */
  async ask(question: S3Question): Promise<S3Answer | undefined> {
    const { clock, patience } = this.#parts
    const until = clock.monotonic() + (question.once === undefined ? patience : 0)
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      const outcome = await this.#attempt(question)
      if (!(outcome instanceof Problem)) return outcome
      if (this.#closed.signal.aborted || clock.monotonic() + wait > until) throw outcome
      await pause(wait, undefined, { signal: this.#closed.signal }).catch(() => undefined)
    }
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#closed.abort()
    this.#agent.destroy()
  }

  /** Trouble that passes is answered, other is thrown. */
  async #attempt(question: S3Question): Promise<S3Answer | undefined | Problem> {
    const answer = await this.#send(question).catch(passingTrouble)
    if (answer instanceof Problem || isSuccess(question, answer)) return answer
    if (isMissing(answer)) return undefined
    if (answerPasses(answer)) return stillRefused(answer)
    throw refusal(answer)
  }

  #send(question: S3Question): Promise<S3Answer> {
    const { clock, accessKey, secretKey, address } = this.#parts
    const { method, body = nothing, largest = largestWord, once = longestAttempt } = question
    const url = this.#urlOf(question)
    const headers = signedHeaders(
      { method, url, headers: {}, payload: blobNameOf(body), at: clock.iso() },
      { accessKey, secretKey, region: address.region },
    )
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(once)])
    return exchange({ method, url, headers, body, agent: this.#agent, signal, largest })
  }

  #urlOf({ key, query = {} }: S3Question): URL {
    const { endpoint, bucket, prefix, style } = this.#parts.address
    const url = new URL(endpoint)
    if (style === 'host') url.hostname = `${bucket}.${url.hostname}`
    const path = [style === 'path' ? bucket : '', prefix, key].filter((part) => part !== '')
    url.pathname = `/${path.join('/')}`
    url.search = Object.entries(query)
      .map(([name, value]) => `${queryText(name)}=${queryText(value)}`)
      .join('&')
    return url
  }
}

/** An answer to the end of an upload begins with 200 before it is known how it ends. */
function isSuccess({ method }: S3Question, { status, body }: S3Answer): boolean {
  if (status < 200 || status >= 300) return false
  return method !== 'POST' || !body.toString('latin1').includes('<Error>')
}

function passingTrouble(error: unknown): Problem {
  if (!troublePasses(error)) throw troubleOf(error)
  return troubleOf(error)
}
