import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import {
  defaultReleasePolicy,
  type ReleaseCount,
  type ReleasePolicy,
  type ReleaseVersion,
} from '@haidang/contracts/release'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writePolicy } from './policy-text.ts'
import type { ReleaseStore } from './release-store.ts'
import type { ReleaseVersionRow } from './release-tables.ts'

export interface ReleaseServiceParts {
  readonly database: Database
  readonly store: ReleaseStore
  readonly journal: Journal
  readonly clock: Clock
  /** The organisation of this node; null before set-up. */
  readonly home: () => Promise<string | null>
  /** Tells the parent of a version, in the transaction that puts it into force. */
  readonly tell: (tx: Tx, version: ReleaseVersion) => Promise<void>
}

const day = 86_400_000
const shownDays = 7
const keptDays = 400

/** The version of a station whose owner wrote no policy. */
const unwritten: ReleaseVersion = {
  version: 0,
  policy: defaultReleasePolicy,
  reason: '',
  actor_name: '',
  created_at: null,
}

/** The owner's policy about what leaves: shown, put into force, told to the parent. */
export class ReleaseService {
  readonly #parts: ReleaseServiceParts

  constructor(parts: ReleaseServiceParts) {
    this.#parts = parts
  }

  /** The version in force, the same as YAML, and what met which decision in the last seven days. */
  inForce({ scope }: Caller): Promise<{
    current: ReleaseVersion
    counts: ReleaseCount[]
    text: string
  }> {
    const { database, store, clock } = this.#parts
    return database.transact(scope, async (tx) => {
      const current = await this.#current(tx)
      const since = isoOf(clock.now() - shownDays * day).slice(0, 10)
      const text = writePolicy(current.policy)
      return { current, text, counts: await store.counts(tx, since) }
    })
  }

  /** Versions the owner wrote, newest first. */
  versions({ scope }: Caller, query: PageQuery): Promise<Page<ReleaseVersion>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(versionOf), next }
    })
  }

  /** Puts a policy into force. Throws Problem release.changed-meanwhile where another version came first. */
  async publish(
    { scope }: Caller,
    change: { policy: ReleasePolicy; reason: string; based_on: number },
  ): Promise<ReleaseVersion> {
    const { database, store, journal, clock, home, tell } = this.#parts
    const organisation_id = await home()
    if (organisation_id === null)
      throw new Problem('organisation.not-found', 'set the node up first')
    const { policy, reason, based_on } = change
    try {
      return await database.transact(scope, async (tx) => {
        const before = await this.#current(tx)
        if (before.version !== based_on) throw new Problem('release.changed-meanwhile')
        const row: ReleaseVersionRow = {
          version: based_on + 1,
          organisation_id,
          policy,
          reason,
          actor_id: scope.actor.id,
          actor_name: scope.actor.name,
          created_at: clock.iso(),
        }
        await store.add(tx, row)
        const version = versionOf(row)
        await journal.append(tx, {
          type: 'release.changed',
          organisation_id,
          actor: scope.actor,
          authority: 'station.manage',
          subject: `release:${row.version}`,
          reason,
          before: { version: before.version, policy: before.policy },
          after: { version: row.version, policy },
        })
        await tell(tx, version)
        return version
      })
    } catch (error) {
      if (!violates(error, 'release_version_pkey')) throw error
      throw new Problem('release.changed-meanwhile')
    }
  }

  /** Tells a new parent the whole history, the default first. */
  async tellAll(tx: Tx): Promise<void> {
    const { store, tell } = this.#parts
    const rows = await store.all(tx)
    for (const version of [unwritten, ...rows.map(versionOf)]) await tell(tx, version)
  }

  /** What the heartbeat says: the version in force, and today's and yesterday's records told as numbers only. */
  heartbeat(tx: Tx): Promise<{ version: number; counts: ReleaseCount[] }> {
    const { store, clock } = this.#parts
    const since = isoOf(clock.now() - day).slice(0, 10)
    return Promise.all([store.newest(tx), store.counts(tx, since, ['counts'])]).then(
      ([version, counts]) => ({ version, counts: counts.slice(0, 500) }),
    )
  }

  /** Writes into the journal which exceptions ended since the last look, and forgets old counts. */
  async keepUp(): Promise<void> {
    const { database, store, journal, clock, home } = this.#parts
    const organisation_id = await home()
    if (organisation_id === null) return
    const now = clock.iso()
    await database.transact(systemScope, async (tx) => {
      const since = await store.moveClock(tx, now)
      const { policy, version } = await this.#current(tx)
      const ended = policy.exceptions.filter(({ to }) => {
        const end = isoOf(millisecondsOf(to))
        return since !== undefined && since < end && end <= now
      })
      for (const exception of ended) {
        await journal.append(tx, {
          type: 'release.exception-ended',
          organisation_id,
          actor: systemScope.actor,
          authority: 'release.policy',
          subject: `release:${version}`,
          reason: exception.order,
          after: exception,
        })
      }
      await store.forgetCounts(tx, isoOf(clock.now() - keptDays * day).slice(0, 10))
    })
  }

  async #current(tx: Tx): Promise<ReleaseVersion> {
    const { store } = this.#parts
    const row = await store.version(tx, await store.newest(tx))
    return row ? versionOf(row) : unwritten
  }
}

function versionOf({ version, policy, reason, actor_name, created_at }: ReleaseVersionRow) {
  return { version, policy, reason, actor_name, created_at } satisfies ReleaseVersion
}
