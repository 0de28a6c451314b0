import { labelOf } from '@haidang/contracts/labels'
import type { Page, PageQuery } from '@haidang/contracts/page'
import {
  placedCollectors,
  type Source,
  type SourceDraft,
  tokenCollectors,
  whenFullOf,
} from '@haidang/contracts/source'
import { noLimits } from '@haidang/contracts/source-limits'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { SealedSecrets } from '../collect/kafka/sealed-secrets.ts'
import { forbiddenPlace } from '../collect/readable-path.ts'
import { isSender } from '../collect/source-book.ts'
import { hashOfToken, newSourceToken } from '../collect/source-token.ts'
import type { SourceStore } from '../keep/source-store.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { kafkaColumns } from './kafka-settings.ts'
import { requireReading } from './reading-rules.ts'
import type { SourceView } from './source-view.ts'

export interface SourceServiceParts {
  readonly database: Database
  readonly store: SourceStore
  readonly view: SourceView
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** The organisation of this node; null before set-up. */
  readonly home: () => Promise<string | null>
  /** Of this node: no source reads in it. */
  readonly dataDirectory: string
  /** Seconds a new source may be silent for where nothing else is said; undefined: as shipped. */
  readonly silenceSeconds: () => Promise<number | undefined>
  /** Called after a change is kept: puts collectors and line in step. */
  readonly changed: () => Promise<void>
}

type WholeDraft = SourceDraft & Pick<SourceRow, 'expect_every_seconds'>
type Change = Partial<Omit<SourceDraft, 'collector'>> & { readonly paused?: boolean | undefined }
type Act = 'source.created' | 'source.updated' | 'source.removed'

/** Listeners that take records of senders nobody named. */
const listeners = ['syslog-udp', 'syslog-tcp'] as const

/** Where this station takes records from: listed, added, changed, paused, removed. */
export class SourceService {
  readonly #parts: SourceServiceParts
  readonly #secrets: SealedSecrets

  constructor(parts: SourceServiceParts) {
    this.#parts = parts
    this.#secrets = new SealedSecrets(parts.dataDirectory)
  }

  /** One page with state and counters. */
  list(caller: Caller, query: PageQuery): Promise<Page<Source>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const page = await store.list(tx, query, view.states())
      return { ...page, items: await view.of(tx, page.items) }
    })
  }

  /**
   * Throws Problem source.name-taken, source.path-required, source.path-refused, source.address-invalid,
   * request.invalid.
   */
  async create(
    caller: Caller,
    draft: SourceDraft,
  ): Promise<{ source: Source; token: string | null }> {
    const home = await this.#parts.home()
    if (home === null) throw new Problem('organisation.not-found', 'set the node up first')
    const token = tokenCollectors.has(draft.collector) ? newSourceToken() : null
    const expect_every_seconds =
      draft.expect_every_seconds ?? (await this.#parts.silenceSeconds()) ?? usualSilence
    const plain = this.#row(home, { ...draft, expect_every_seconds }, token)
    const row = { ...plain, ...(await kafkaColumns(draft.kafka, plain, this.#secrets)) }
    requireUsable(row)
    this.#requireReadable(row)
    const source = await this.#act(caller, 'source.created', async (tx) => {
      await this.#parts.store.add(tx, row)
      return { before: undefined, after: row }
    })
    return { source, token }
  }

  /** Changes what is named; `paused` stops and resumes. Throws as `create` does, and source.not-found. */
  update(caller: Caller, id: string, change: Change): Promise<Source> {
    return this.#act(caller, 'source.updated', async (tx) => {
      const before = await this.#require(tx, id)
      const { kafka, ...others } = change
      const given = Object.entries(others).filter(([, value]) => value !== undefined)
      const secured = await kafkaColumns(kafka, before, this.#secrets)
      const after: SourceRow = { ...before, ...Object.fromEntries(given), ...secured }
      requireUsable(after)
      this.#requireReadable(after)
      await this.#parts.store.replace(tx, after)
      return { before, after }
    })
  }

  /** Takes it out of use; its records and rejects stay. Throws Problem source.not-found. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.#act(caller, 'source.removed', async (tx) => {
      const before = await this.#require(tx, id)
      const after = { ...before, removed_at: this.#parts.clock.iso() }
      await this.#parts.store.replace(tx, after)
      return { before, after }
    })
  }

  /** A new token; the old one is refused at once. Throws Problem source.not-found, source.no-token. */
  async renewToken(caller: Caller, id: string): Promise<string> {
    const token = newSourceToken()
    await this.#act(caller, 'source.updated', async (tx) => {
      const before = await this.#require(tx, id)
      if (!tokenCollectors.has(before.collector)) {
        throw new Problem('source.no-token', before.collector)
      }
      const after = { ...before, token_hash: hashOfToken(token) }
      await this.#parts.store.replace(tx, after)
      return { before, after }
    })
    return token
  }

  /** Makes sure that each listener has a source for senders nobody named, so that nothing is lost; also where two do so at once. */
  async ensureDefaults(home: string): Promise<void> {
    const { database, store } = this.#parts
    await database.transact(systemScope, async (tx) => {
      const rows = await store.all(tx)
      const inUse = rows.filter(({ removed_at }) => removed_at === null)
      for (const collector of listeners) {
        const isThere = inUse.some((row) => row.collector === collector && row.senders.length === 0)
        if (isThere) continue
        const name = freeName(`${collector}-default`, inUse)
        await store.addUnlessNamed(tx, this.#row(home, { ...defaults, name, collector }, null))
      }
    })
  }

  #row(home: string, draft: WholeDraft, token: string | null): SourceRow {
    const { clock, newId } = this.#parts
    return {
      ...draft,
      id: newId('source'),
      organisation_id: home,
      path: draft.path ?? null,
      kafka: null,
      sealed_secrets: null,
      product: draft.product ?? null,
      token_hash: token === null ? null : hashOfToken(token),
      paused: false,
      created_at: clock.iso(),
      removed_at: null,
    }
  }

  #requireReadable({ collector, path }: SourceRow): void {
    if (!placedCollectors.has(collector) || path === null) return
    const place = forbiddenPlace(path, this.#parts.dataDirectory)
    if (place !== undefined) throw new Problem('source.path-refused', place)
  }

  async #require(tx: Tx, id: string): Promise<SourceRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('source.not-found', id)
    return row
  }

  async #act(
    caller: Caller,
    type: Act,
    work: (tx: Tx) => Promise<{ before: SourceRow | undefined; after: SourceRow }>,
  ): Promise<Source> {
    const { database, changed, view } = this.#parts
    const row = await this.#kept(caller, type, work)
    await changed()
    const [source] = await database.transact(caller.scope, (tx) => view.of(tx, [row]))
    if (!source) throw new Problem('source.not-found', row.id)
    return source
  }

  /** Throws Problem source.name-taken. */
  async #kept(
    caller: Caller,
    type: Act,
    work: (tx: Tx) => Promise<{ before: SourceRow | undefined; after: SourceRow }>,
  ): Promise<SourceRow> {
    const { database, journal } = this.#parts
    try {
      return await database.transact(caller.scope, async (tx) => {
        const { before, after } = await work(tx)
        await journal.append(tx, {
          type,
          organisation_id: after.organisation_id,
          actor: caller.scope.actor,
          authority: 'source.manage',
          subject: after.id,
          ...(before && { before: withoutSecret(before) }),
          after: withoutSecret(after),
        })
        return after
      })
    } catch (error) {
      if (!violates(error, 'source_name')) throw error
      throw new Problem('source.name-taken')
    }
  }
}

/** Seconds. */
const usualSilence = 300

const defaults = {
  format: 'auto' as const,
  senders: [],
  zone: 'Asia/Ho_Chi_Minh',
  reading: { encoding: 'auto' as const },
  tlp: 'amber' as const,
  draft: false,
  limits: noLimits,
  logsource: {},
  expect_every_seconds: 86_400,
}

function freeName(wanted: string, rows: readonly SourceRow[]): string {
  const taken = new Set(rows.map(({ name }) => name))
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken.has(name)) return name
  }
}

function requireUsable(row: SourceRow): void {
  requirePolicy(row)
  const { collector, path, senders, zone, reading, kafka } = row
  if (collector === 'kafka' && kafka === null)
    throw new Problem('request.invalid', 'a source of Kafka needs brokers and topics')
  if (placedCollectors.has(collector) && !path) throw new Problem('source.path-required')
  const wrong = senders.find((sender) => !isSender(sender))
  if (wrong !== undefined) {
    throw new Problem('source.address-invalid', wrong, [
      {
        field: 'senders',
        cause: wrong,
        remedy: 'an address or network, as in 192.0.2.0/24; or name: and a name',
      },
    ])
  }
  requireReading(zone, reading)
}

/** Records can only be held back, or the newest or oldest let go, where the way in lets that be done honestly. */
function requirePolicy({ collector, limits }: SourceRow): void {
  const { choices, because } = whenFullOf(collector)
  if (limits.when_full === null || choices.includes(limits.when_full)) return
  const cause = labelOf('whenFullReason', because, 'en')
  throw new Problem('request.invalid', `${limits.when_full}: ${cause}`, [
    {
      field: 'limits.when_full',
      cause,
      remedy: `choose ${choices.join(' or ')}; left out it is ${choices[0]}`,
    },
  ])
}

function withoutSecret({ token_hash: _, sealed_secrets: __, ...rest }: SourceRow) {
  return rest
}
