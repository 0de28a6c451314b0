import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log.ts'

type Heard = (payload: string) => void

const firstBackOff = 100
const longestBackOff = 10_000

/**
 * Hears what committed transactions `notify`, over one connection of its own that is made when first
 * needed and made again when it breaks. Whoever listens is also called after a reconnection (with an
 * empty payload), because what was said meanwhile is lost.
 */
export class Listener {
  readonly #url: string
  readonly #log: Log
  readonly #channels = new Map<string, Set<Heard>>()
  readonly #closing = new AbortController()
  #client: pg.Client | undefined
  #running: Promise<void> | undefined

  constructor(url: string, log: Log) {
    this.#url = url
    this.#log = log
  }

  /** Returns the function that stops listening. */
  on(channel: string, heard: Heard): () => void {
    const listeners = this.#channels.get(channel) ?? new Set()
    if (!this.#channels.has(channel)) {
      this.#channels.set(channel, listeners)
      this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined)
    }
    listeners.add(heard)
    this.#running ??= this.#run()
    return () => void listeners.delete(heard)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#client?.end().catch(() => undefined)
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    let delay = firstBackOff
    while (!signal.aborted) {
      try {
        await this.#listen(() => {
          delay = firstBackOff
        })
      } catch (error) {
        if (!signal.aborted) this.#log.warn({ error: String(error) }, 'listening broke off')
      }
      await pause(delay, undefined, { signal }).catch(() => undefined)
      delay = Math.min(delay * 2, longestBackOff)
    }
  }

  /** Resolves when the connection ends; `connected` is called once it stands. */
  async #listen(connected: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true })
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
    client.on('error', (error) => this.#log.debug({ error: error.message }, 'listener connection'))
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''))
    await client.connect()
    try {
      for (const channel of this.#channels.keys()) {
        await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      }
      this.#client = client
      connected()
      for (const channel of this.#channels.keys()) this.#tell(channel, '')
      if (!this.#closing.signal.aborted) await ended
    } finally {
      this.#client = undefined
      await client.end().catch(() => undefined)
    }
  }

  #tell(channel: string, payload: string): void {
    for (const heard of this.#channels.get(channel) ?? []) heard(payload)
  }
}
