import { hash } from 'node:crypto'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Spool } from '@haidang/runtime/spool/spool'
import type { LineStore } from '../keep/line-store.ts'
import { readOrigin } from './origin.ts'

/** Batches without an identity of their own get one that counts them; it is never looked for. */
const anonymous = 'anonymous:'
/** What keys of single records begin with. */
export const recordKeyPrefix = 'record:'
/** Keys the database is asked for at once. */
const mostAsked = 5_000
/** Keys of what waits in the spool that are remembered of a source. */
const mostOfSource = 1_000_000

/**
 * The identities of batches taken in: those in the spool from memory (rebuilt at start), those kept
 * already from the database. Together they know every batch of the window, across any crash, within bounds
 * by count.
 */
export class BatchKeys {
  readonly #database: Database
  readonly #store: LineStore
  readonly #mostOfSource: number
  readonly #inSpool = new Map<string, Set<string>>()
  /** By source, the records of the newest batch without identity found in the spool at start. */
  readonly #anonymous = new Map<string, number>()

  constructor(database: Database, store: LineStore, most = mostOfSource) {
    this.#database = database
    this.#store = store
    this.#mostOfSource = most
  }

  /** Reads the keys of what waits in the spool. */
  load(spool: Spool): void {
    for (const { origin, key } of spool.keys()) {
      const { sourceId } = readOrigin(origin)
      if (isAnonymous(key)) this.#anonymous.set(sourceId, Number(key.split(':')[1]))
      else this.add(sourceId, key)
    }
  }

  /**
   * Remembers a batch taken in; one without identity is never asked for, and not remembered. Of too many the
   * older half is forgotten; the database knows it as soon as it is kept.
   */
  add(sourceId: string, key: string): void {
    if (isAnonymous(key)) return
    const keys = this.#inSpool.get(sourceId) ?? new Set()
    this.#inSpool.set(sourceId, keys.add(key))
    if (keys.size > this.#mostOfSource) forgetOldest(keys, Math.ceil(keys.size / 2))
  }

  /** The batch is kept; the database knows it now. */
  kept(sourceId: string, key: string): void {
    this.#inSpool.get(sourceId)?.delete(key)
  }

  async knows(sourceId: string, key: string): Promise<boolean> {
    return (await this.known(sourceId, [key])).has(key)
  }

  /** Which of these are known. */
  async known(sourceId: string, keys: readonly string[]): Promise<Set<string>> {
    const waiting = this.#inSpool.get(sourceId)
    const known = new Set(keys.filter((key) => waiting?.has(key)))
    const asked = [...new Set(keys)].filter((key) => !known.has(key))
    for (let from = 0; from < asked.length; from += mostAsked) {
      const some = asked.slice(from, from + mostAsked)
      const kept = await this.#database.transact(systemScope, (tx) =>
        this.#store.knownKeys(tx, sourceId, some),
      )
      for (const key of kept) known.add(key)
    }
    return known
  }

  /** Known keys of a source that start so. */
  async startingWith(sourceId: string, prefix: string): Promise<string[]> {
    const waiting = [...(this.#inSpool.get(sourceId) ?? [])].filter((key) => key.startsWith(prefix))
    const kept = await this.#database.transact(systemScope, (tx) =>
      this.#store.keysStartingWith(tx, sourceId, prefix),
    )
    return [...new Set([...waiting, ...kept])]
  }

  /** Of each source, the records of the newest batch without identity that waited at start. */
  anonymousInFlight(): ReadonlyMap<string, number> {
    return this.#anonymous
  }
}

function forgetOldest(keys: Set<string>, count: number): void {
  let left = count
  for (const key of keys) {
    if (left-- === 0) return
    keys.delete(key)
  }
}

/** The key of a record by the identity its sender gave it. */
export function recordKey(identity: string): string {
  const digest = hash('sha256', identity, 'buffer')
  return recordKeyPrefix + digest.subarray(0, 16).toString('base64url')
}

/** The key of a batch that came without one. */
export function anonymousKey(records: number, id: string): string {
  return `${anonymous}${records}:${id}`
}

export function isAnonymous(key: string): boolean {
  return key.startsWith(anonymous)
}
