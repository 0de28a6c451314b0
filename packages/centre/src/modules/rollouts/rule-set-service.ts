import type { Page, PageQuery } from '@haidang/contracts/page'
import type { FullRuleSet, Ring, RuleSet } from '@haidang/contracts/rule-set'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { RuleService } from '../rules/rule-service.ts'
import type { TuningService } from '../rules/tuning-service.ts'
import { changes, manifestOf, requireWider, type SetContent, sha256 } from './rule-set.ts'
import type { RuleSetStore } from './rule-set-store.ts'
import type { RuleSetRow, SetFileRow } from './rule-set-tables.ts'

export interface RuleSetParts {
  readonly database: Database
  readonly store: RuleSetStore
  readonly rules: RuleService
  readonly tunings: TuningService
  readonly journal: Journal
  readonly clock: Clock
  /** The organisation this node belongs to. Throws Problem organisation.not-found before set-up. */
  readonly home: (tx: Tx) => Promise<string>
  /** Signs with the key of this node's organisation. */
  readonly seal: (document: object) => Promise<{ signature: string; kid: string }>
}

/** What would be published next. */
interface Proposal extends ReturnType<typeof changes> {
  readonly number: number
  readonly hash: string
  readonly rules: number
  readonly files: number
}

const setTlp = tlpRank('amber')

/** Sets of rules concern every station: throws Problem permission.missing for a caller who sees less. */
export function requireWholeNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'a role of scope node decides over rule sets')
}

/** Numbered, signed versions of the library: published, rolled out ring by ring, rolled back. */
export class RuleSetService {
  readonly #parts: RuleSetParts

  constructor(parts: RuleSetParts) {
    this.#parts = parts
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<RuleSet>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(setOf), next }
    })
  }

  /** Throws Problem rule-set.not-found. */
  get({ scope }: Caller, number: number): Promise<FullRuleSet> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await this.#require(tx, number)
      const before = await store.get(tx, number - 1)
      const { files } = row.manifest
      const known = await store.files(
        tx,
        files.map((file) => file.sha256),
      )
      return {
        ...setOf(row),
        files: files.map((file) => {
          const { title = '', sigma_id = '', version = null } = known.get(file.sha256) ?? {}
          return { ...file, title, sigma_id, version }
        }),
        ...changes(before?.manifest.files ?? [], files),
      }
    })
  }

  /**
   * Publishes what is approved, with the tunings in force, as the next number; nothing is rolled out yet.
   * Throws Problem rule-set.empty, rule-set.unchanged, permission.missing.
   */
  async publish(tx: Tx, caller: Caller, note: string): Promise<RuleSet> {
    const { contents, approved } = await this.#proposed(tx, caller)
    const row = await this.#add(tx, caller, contents, { note })
    await this.#parts.rules.markPublished(tx, approved)
    await this.#journal(tx, caller, row, { type: 'rule-set.published', reason: note })
    return setOf(row)
  }

  /** What `publish` would publish, and what that changes. Throws as it does. */
  async proposed(tx: Tx, caller: Caller): Promise<Proposal> {
    const { contents } = await this.#proposed(tx, caller)
    const newest = await this.#parts.store.newest(tx)
    const manifest = manifestOf((newest?.number ?? 0) + 1, contents)
    if (newest?.hash === manifest.hash) throw new Problem('rule-set.unchanged')
    const titles = new Map(contents.map(({ path, title }) => [path, title]))
    const named = (paths: readonly string[]) => paths.map((path) => titles.get(path) ?? path)
    const { added, removed, changed } = changes(newest?.manifest.files ?? [], manifest.files)
    return {
      number: manifest.number,
      hash: manifest.hash,
      rules: manifest.files.filter(({ path }) => path.startsWith('rules/')).length,
      files: manifest.files.length,
      added: named(added),
      removed: named(removed),
      changed: named(changed),
    }
  }

  /** Rolls a version out to a ring. Throws Problem rule-set.not-found, rule-set.illegal-step, permission.missing. */
  async rollOut(tx: Tx, caller: Caller, number: number, ring: Ring): Promise<RuleSet> {
    const { store, clock } = this.#parts
    const before = await this.requireRollOut(tx, caller, number, ring)
    const row = { ...before, ring, rolled_out_at: clock.iso() }
    await store.change(tx, number, { ring, rolled_out_at: row.rolled_out_at })
    await this.#journal(tx, caller, row, { type: 'rule-set.rolled-out' }, before)
    return setOf(row)
  }

  /** The set `rollOut` would roll out; nobody else rolls out until the transaction ends. Throws as it does. */
  async requireRollOut(tx: Tx, caller: Caller, number: number, ring: Ring): Promise<RuleSetRow> {
    requireWholeNode(caller)
    const { store } = this.#parts
    await store.lock(tx)
    const set = await this.#require(tx, number)
    requireWider(set, ring, await store.outline(tx))
    return set
  }

  /**
   * Brings the content of an earlier version back as a new number, for every station at once. A new number,
   * as stations take only numbers higher than what they have: an old set sent again is nobody's way in.
   * Throws Problem rule-set.not-found, rule-set.illegal-step (it is the newest), permission.missing.
   */
  async rollBack(caller: Caller, number: number, reason: string): Promise<RuleSet> {
    requireWholeNode(caller)
    const { database, store, rules, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await store.lock(tx)
      const old = await this.#require(tx, number)
      const newest = await store.newest(tx)
      if (newest?.number === number) throw new Problem('rule-set.illegal-step', 'it is the newest')
      const files = old.manifest.files.filter(
        ({ expires_at }) => expires_at === null || expires_at > clock.iso(),
      )
      const known = await store.files(
        tx,
        files.map((file) => file.sha256),
      )
      const contents = files.flatMap((file) => {
        const content = known.get(file.sha256)
        return content ? [{ ...content, ...file }] : []
      })
      const row = await this.#add(tx, caller, contents, {
        note: reason,
        restores: number,
        ring: 'general',
        rolled_out_at: clock.iso(),
      })
      await rules.markPublished(tx, contents.flatMap(ruleHeld))
      await this.#journal(tx, caller, row, { type: 'rule-set.rolled-back', reason }, newest)
      return setOf(row)
    })
  }

  async #proposed(tx: Tx, caller: Caller) {
    requireWholeNode(caller)
    const { store, rules, tunings } = this.#parts
    await store.lock(tx)
    const approved = await rules.approved(tx)
    if (approved.length === 0) throw new Problem('rule-set.empty')
    const contents: SetContent[] = [
      ...approved.map((rule) => ({
        path: `rules/${rule.id}.yml`,
        sha256: rule.hash,
        expires_at: null,
        text: rule.text,
        title: rule.title,
        sigma_id: rule.sigma_id,
        version: rule.version,
      })),
      ...(await tunings.inForce(tx)).map((tuning) => ({
        path: `tunings/${tuning.id}.yml`,
        sha256: sha256(tuning.text),
        version: null,
        text: tuning.text,
        title: tuning.rule_title,
        sigma_id: tuning.sigma_id,
        expires_at: tuning.expires_at,
      })),
    ]
    return { contents, approved }
  }

  async #add(
    tx: Tx,
    { scope }: Caller,
    contents: readonly SetContent[],
    change: Partial<RuleSetRow>,
  ): Promise<RuleSetRow> {
    const { store, home, seal, clock } = this.#parts
    const newest = await store.newest(tx)
    const manifest = manifestOf((newest?.number ?? 0) + 1, contents)
    if (newest?.hash === manifest.hash) throw new Problem('rule-set.unchanged')
    const belonging = { organisation_id: await home(tx), tlp_rank: setTlp }
    const rules = manifest.files.filter(({ path }) => path.startsWith('rules/')).length
    const row: RuleSetRow = {
      ...belonging,
      ...(await seal(manifest)),
      number: manifest.number,
      hash: manifest.hash,
      manifest,
      rules,
      tunings: manifest.files.length - rules,
      note: '',
      ring: null,
      restores: null,
      published_by: scope.actor.name,
      published_at: clock.iso(),
      rolled_out_at: null,
      ...change,
    }
    await store.add(
      tx,
      row,
      contents.map((content): SetFileRow => {
        const { sha256: hash, text, title, sigma_id, version } = content
        return { ...belonging, sha256: hash, text, title, sigma_id, version }
      }),
    )
    return row
  }

  async #journal(
    tx: Tx,
    { scope }: Caller,
    row: RuleSetRow,
    entry: Pick<EntryDraft, 'type' | 'reason'>,
    before?: RuleSetRow,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: scope.actor,
      authority: 'rule.publish',
      subject: `rule-set:${row.number}`,
      before: before && { number: before.number, hash: before.hash, ring: before.ring },
      after: {
        number: row.number,
        hash: row.hash,
        ring: row.ring,
        restores: row.restores,
        rules: row.rules,
        tunings: row.tunings,
      },
    })
  }

  async #require(tx: Tx, number: number): Promise<RuleSetRow> {
    const row = await this.#parts.store.get(tx, number)
    if (!row) throw new Problem('rule-set.not-found', String(number))
    return row
  }
}

function ruleHeld({ path, version }: SetContent): { id: string; version: number }[] {
  const [, id] = /^rules\/(.+)\.yml$/.exec(path) ?? []
  return id === undefined || version === null ? [] : [{ id, version }]
}

function setOf(row: RuleSetRow): RuleSet {
  const { organisation_id: _, tlp_rank: __, manifest: ___, ...set } = row
  return set
}
