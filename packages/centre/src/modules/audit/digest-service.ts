import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChainBreak } from '@haidang/contracts/journal-check'
import {
  digestFileName,
  type JournalDigest,
  type UnsignedDigest,
} from '@haidang/contracts/journal-digest'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { type Signer, verifySeal } from '@haidang/link/envelopes/signer'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import type { Journal } from '@haidang/runtime/journal'
import type { ChainAnchor } from '@haidang/runtime/journal-verifier'
import { Problem } from '@haidang/runtime/problem'
import { writeDurably } from '@haidang/runtime/write-durably'
import { digestHash } from '../../digest-hash.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import { digestBreak } from './digest.ts'
import type { DigestStore } from './digest-store.ts'
import type { JournalView } from './journal-view.ts'
import { requireNode } from './node-scope.ts'

interface DigestParts {
  readonly database: Database
  readonly journal: Journal
  readonly store: DigestStore
  readonly view: JournalView
  readonly signer: Signer
  readonly clock: Clock
  readonly nodeId: string
  /** Where each digest also lies as a file, for backups and whoever copies it elsewhere. */
  readonly directory: string
}

const dayLength = 86_400_000
/** More than a lifetime of days. */
const most = 40_000

/** What a check is compared with, and what is wrong with that itself. */
export interface Anchors {
  readonly anchors: readonly ChainAnchor[]
  readonly broken: ChainBreak | undefined
}

/** The journal's signed digest of every day, so that whoever keeps one can show what was changed later. */
export class DigestService {
  readonly #parts: DigestParts

  constructor(parts: DigestParts) {
    this.#parts = parts
  }

  /** Signs the day that ended last, unless it is, and writes the files that are missing. */
  async turn(): Promise<void> {
    await this.#sign()
    await this.#writeFiles()
  }

  /** Newest day first. Throws Problem permission.missing. */
  async list(caller: Caller, { limit, cursor }: PageQuery): Promise<Page<JournalDigest>> {
    requireNode(caller)
    const before = cursor === undefined ? undefined : dayOf(cursor)
    const { database, store } = this.#parts
    const found = await database.transact(caller.scope, (tx) => store.before(tx, before, limit + 1))
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items, next: found.length > limit && last ? encodeCursor([last.day]) : null }
  }

  /** All this node signed, oldest first. */
  all(tx: Tx): Promise<JournalDigest[]> {
    return this.#parts.store.all(tx, most)
  }

  /** Throws Problem journal.digest-not-found or permission.missing. */
  async get(caller: Caller, day: string): Promise<JournalDigest> {
    requireNode(caller)
    const { database, store } = this.#parts
    const digest = await database.transact(caller.scope, (tx) => store.get(tx, day))
    if (!digest) throw new Problem('journal.digest-not-found', day)
    return digest
  }

  /**
   * What a check compares the chain with: the node's own digests and those somebody kept. Throws Problem
   * journal.digest-invalid for a kept one that is of another node or not signed with a key of this one.
   */
  async anchors(kept: readonly JournalDigest[]): Promise<Anchors> {
    const { database, store, signer, nodeId } = this.#parts
    const own = await database.transact(systemScope, (tx) => store.all(tx, most))
    const keys = new Set([signer.key.kid, ...own.map(({ key }) => key.kid)])
    for (const [n, digest] of kept.entries()) {
      const cause = await faultOf(digest, nodeId, keys)
      if (cause === undefined) continue
      throw new Problem('journal.digest-invalid', `${digest.day}: ${cause}`, [
        { field: `digests.${n}`, cause, remedy: 'send the file as the node signed it' },
      ])
    }
    const anchors = [...own, ...kept].map(({ entries, head }) => ({ seq: entries, hash: head }))
    return { anchors, broken: await brokenDigest(own) }
  }

  async #sign(): Promise<void> {
    const { database, journal, store, clock } = this.#parts
    const day = vietnamDate(clock.now() - dayLength)
    await database.transact(systemScope, async (tx) => {
      if (await store.get(tx, day)) return
      const digest = await this.#digest(tx, day)
      if (digest === undefined || !(await store.add(tx, digest))) return
      await journal.append(tx, {
        type: 'journal.digest-signed',
        organisation_id: null,
        actor: systemScope.actor,
        authority: 'journal.digest',
        subject: `digest:${day}`,
        after: digest,
      })
    })
  }

  async #digest(tx: Tx, day: string): Promise<JournalDigest | undefined> {
    const { store, view, signer, clock, nodeId } = this.#parts
    const head = await view.end(tx)
    if (head === undefined) return undefined
    const last = await store.newest(tx)
    const unsigned: UnsignedDigest = {
      type: 'haidang.journal-digest',
      version: 1,
      node_id: nodeId,
      day,
      time: clock.iso(),
      entries: head.seq,
      head: head.hash,
      previous: last ? digestHash(last) : null,
      key: { kid: signer.key.kid, x: signer.key.x },
    }
    return { ...unsigned, signature: await signer.seal(unsigned) }
  }

  /** A kill between commit and file leaves a file missing: the next turn writes it. */
  async #writeFiles(): Promise<void> {
    const { database, store, directory } = this.#parts
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const there = new Set(await readdir(directory))
    const digests = await database.transact(systemScope, (tx) => store.all(tx, most))
    for (const digest of digests) {
      const name = digestFileName(digest.day)
      if (there.has(name)) continue
      await writeDurably(join(directory, name), `${JSON.stringify(digest, null, 2)}\n`)
    }
  }
}

function dayOf(cursor: string): string {
  const [day] = decodeCursor(cursor, 1)
  if (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day)) return day
  throw new Problem('cursor.invalid')
}

/** Why a digest that somebody brings does not count; undefined: it does. */
async function faultOf(
  digest: JournalDigest,
  nodeId: string,
  keys: ReadonlySet<string>,
): Promise<string | undefined> {
  if (digest.node_id !== nodeId) return `of node ${digest.node_id}`
  if (!keys.has(digest.key.kid)) return `signed with a key this node never had: ${digest.key.kid}`
  return (await verifySeal(digest, digest.key)) ? undefined : 'the signature does not verify'
}

/** The first of the node's own digests that is not as it was signed, or whose predecessor is gone. */
async function brokenDigest(own: readonly JournalDigest[]): Promise<ChainBreak | undefined> {
  let previous: string | null = null
  for (const digest of own) {
    if (digest.previous !== previous) {
      return digestBreak(digest, digest.previous ?? '', previous ?? '')
    }
    if (!(await verifySeal(digest, digest.key))) return digestBreak(digest, '', digest.signature)
    previous = digestHash(digest)
  }
  return undefined
}
