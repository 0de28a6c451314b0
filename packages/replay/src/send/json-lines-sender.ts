import { setTimeout as pause } from 'node:timers/promises'
import type { Sender, SenderCounts } from './sender.ts'

export interface JsonLinesTarget {
  /** Where a source takes its records: `http://host:port/ingest/v1/SOURCE`. */
  readonly url: string
  readonly token: string
}

interface Batch {
  readonly key: string
  readonly records: readonly string[]
}

export interface JsonLinesOptions {
  readonly target: JsonLinesTarget
  /** Starts every `Idempotency-Key`; must differ between runs that send different records. */
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
 * Batches of JSON lines, each under an `Idempotency-Key`, sent again until they are acknowledged: a batch
 * whose answer was lost is recognised by the receiver and stored once. Throws Refused for an answer such
 * as a wrong token.
 */
export class JsonLinesSender implements Sender {
  readonly #options: JsonLinesOptions
  readonly #running = new Set<Promise<void>>()
  #records: string[] = []
  #timer: NodeJS.Timeout | undefined
  #batches = 0
  #counts = { sent: 0, acknowledged: 0, resent: 0 }
  #failure: unknown

  constructor(options: JsonLinesOptions) {
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
    const body = `${batch.records.join('\n')}\n`
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
    const { target, signal } = this.#options
    const response = await fetch(target.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${target.token}`,
        'content-type': 'application/x-ndjson',
        'idempotency-key': key,
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)]),
    }).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (!response || text === undefined) return false
    if (response.ok) return true
    if (response.status >= 500 || response.status === 429 || response.status === 409) return false
    throw new Refused(`${target.url} answered ${response.status}: ${text.slice(0, 300)}`)
  }
}
