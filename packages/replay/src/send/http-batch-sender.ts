import { setTimeout as pause } from 'node:timers/promises'
import { type HttpWire, wordings } from './http-wire.ts'
import type { Sender, SenderCounts } from './sender.ts'

export interface HttpTarget {
  /** Where records are taken: for JSON lines `http://host:port/ingest/v1/SOURCE`. */
  readonly url: string
  readonly token: string
}

interface Batch {
  readonly key: string
  readonly records: readonly string[]
}

interface HttpBatchOptions {
  readonly wire: HttpWire
  readonly target: HttpTarget
  /** Starts every `Idempotency-Key` and name of a record; must differ between runs that send different records. */
  readonly keyPrefix: string
  readonly batchRecords: number
  /** Batches on their way at a time. */
  readonly parallel: number
  /** Milliseconds after which an unfinished batch goes anyway. */
  readonly linger: number
  readonly signal: AbortSignal
}

const firstPause = 100
const longestPause = 3_000
const answerMilliseconds = 30_000

/** A refusal that sending again cannot change. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * Batches of records, sent again until they are acknowledged. A batch of JSON lines has an `Idempotency-Key`, a record
 * of Elastic bulk and OTLP a name: one whose answer was lost is recognised by the receiver and stored once; those
 * of HEC may then stand twice. Throws Refused for an answer such as a wrong token.
 */
export class HttpBatchSender implements Sender {
  readonly #options: HttpBatchOptions
  readonly #running = new Set<Promise<void>>()
  #records: string[] = []
  #timer: NodeJS.Timeout | undefined
  #batches = 0
  #counts = { sent: 0, acknowledged: 0, resent: 0 }
  #failure: unknown

  constructor(options: HttpBatchOptions) {
    this.#options = options
  }

  async send(record: string): Promise<void> {
    if (this.#failure) throw this.#failure
    this.#records.push(record)
    if (this.#records.length < this.#options.batchRecords) {
      this.#timer ??= setTimeout(() => this.#flush(), this.#options.linger)
      return
    }
    this.#flush()
    while (this.#running.size >= this.#options.parallel) await Promise.race(this.#running)
  }

  async close(): Promise<void> {
    this.#flush()
    await Promise.all(this.#running)
    if (this.#failure) throw this.#failure
  }

  counts(): SenderCounts {
    return this.#counts
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#records.length === 0) return
    const batch = { key: `${this.#options.keyPrefix}-${this.#batches++}`, records: this.#records }
    this.#records = []
    this.#counts.sent += batch.records.length
    const running = this.#deliver(batch)
      .catch((error: unknown) => {
        if (!this.#options.signal.aborted) this.#failure ??= error
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #deliver(batch: Batch): Promise<void> {
    const body = wordings[this.#options.wire].body(batch.records, batch.key)
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      if (await this.#post(batch.key, body)) {
        this.#counts.acknowledged += batch.records.length
        return
      }
      await pause(wait, undefined, { signal: this.#options.signal })
      this.#counts.resent += batch.records.length
    }
  }

  /** True: acknowledged; false: to be sent again. */
  async #post(key: string, body: string): Promise<boolean> {
    const { target, signal, wire } = this.#options
    const { scheme, contentType, refused } = wordings[wire]
    const response = await fetch(target.url, {
      method: 'POST',
      headers: {
        authorization: `${scheme} ${target.token}`,
        'content-type': contentType,
        'idempotency-key': key,
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)]),
    }).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (!response || text === undefined) return false
    if (response.ok) {
      const refusal = refused(text)
      if (refusal === undefined) return true
      throw new Refused(`${target.url} refused a record: ${refusal.slice(0, 300)}`)
    }
    if (response.status >= 500 || response.status === 429 || response.status === 409) return false
    throw new Refused(`${target.url} answered ${response.status}: ${text.slice(0, 300)}`)
  }
}
