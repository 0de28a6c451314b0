import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { BackTest, BackTestDraft } from '@haidang/contracts/rule-library'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { EventService } from '../events/event-service.ts'
import type { RuleService } from '../rules/rule-service.ts'
import { Tally } from './back-test.ts'
import type { BackTestStore } from './back-test-store.ts'
import type { BackTestRow } from './back-test-tables.ts'
import type { OpenTrial, TrialQueue } from './rule-trial.ts'
import { newestFirst, oldestFirst } from './stored-pages.ts'

interface BackTestParts {
  readonly database: Database
  readonly store: BackTestStore
  readonly rules: RuleService
  readonly events: EventService
  readonly trials: TrialQueue
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Hands the test over to a worker; after the transaction that made it. */
  readonly later: (id: string) => Promise<void>
  /** Events examined at most; 200,000 unless told. */
  readonly most?: number
}

const day = 86_400_000

/** What is tried. */
interface Tried {
  readonly sigmaId: string
  /** A correlation: it wants events in the order in which they happened. */
  readonly follows: boolean
}

/** Rules tried on stored events: how often each would have fired, and where. */
export class BackTestService {
  readonly #parts: BackTestParts

  constructor(parts: BackTestParts) {
    this.#parts = parts
  }

  list({ scope }: Caller, ruleId: string, query: PageQuery): Promise<Page<BackTest>> {
    const { database, rules, store } = this.#parts
    return database.transact(scope, async (tx) => {
      await rules.require(tx, ruleId)
      const { items, next } = await store.list(tx, scope, ruleId, query)
      return { items: items.map(backTestOf), next }
    })
  }

  /** Throws Problem back-test.not-found, also where the caller may not see what the asker saw. */
  get({ scope }: Caller, id: string): Promise<BackTest> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await store.get(tx, scope, id)
      if (!row) throw new Problem('back-test.not-found')
      return backTestOf(row)
    })
  }

  /**
   * Begins to try a version on the events the caller may see. Throws Problem rule.not-found,
   * back-test.running, request.invalid (the range), permission.missing (event.read), rule.trial-failed (a
   * filter).
   */
  async start(caller: Caller, ruleId: string, draft: BackTestDraft): Promise<BackTest> {
    const { database, store, rules, later } = this.#parts
    if (!caller.permissions.has('event.read')) {
      throw new Problem('permission.missing', 'event.read is needed')
    }
    const range = this.#range(draft)
    try {
      const row = await database.transact(caller.scope, async (tx) => {
        const { rule, version, text } = await rules.textOf(tx, ruleId, draft.version)
        if (/^filter:/m.test(text)) {
          throw new Problem('rule.trial-failed', 'filters are not tried alone')
        }
        const made = this.#blank(caller, { rule_id: ruleId, version, ...range }, rule)
        await store.add(tx, made)
        await this.#journal(tx, made, { type: 'back-test.started', actor: caller.scope.actor })
        return made
      })
      await later(row.id)
      return backTestOf(row)
    } catch (error) {
      if (violates(error, 'rule_back_test_open')) throw new Problem('back-test.running')
      throw error
    }
  }

  /** Hands over anew what a stop of the node left unfinished. */
  async resume(): Promise<void> {
    const { database, store, later } = this.#parts
    for (const id of await database.transact(systemScope, (tx) => store.open(tx))) await later(id)
  }

  /** Runs a test to its end; run again after a crash it begins anew. */
  async run(id: string): Promise<void> {
    const { database, store, rules, trials } = this.#parts
    const found = await database.transact(systemScope, async (tx) => {
      const row = await store.get(tx, systemScope, id)
      return row && { row, rule: await rules.textOf(tx, row.rule_id, row.version) }
    })
    if (!found || found.row.ended_at !== null) return
    const { row, rule } = found
    try {
      const document = { path: rule.rule.path, text: rule.text }
      const { companions } = await rules.usable({ scope: row.scope }, [document])
      const tried = { sigmaId: rule.rule.sigma_id, follows: companions.length > 0 }
      await trials.run([document, ...companions], (trial) => this.#examine(trial, row, tried))
    } catch (error) {
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, 1000)
      await this.#end(row, { state: 'failed', problem })
    }
  }

  async #examine(trial: OpenTrial, row: BackTestRow, { sigmaId, follows }: Tried): Promise<void> {
    const { events, most = 200_000 } = this.#parts
    const { scope, from, to } = row
    const total = await events.count(scope, { from, to })
    const tally = new Tally()
    await this.#change(row, { state: 'running', total, bounded: total > most })
    const sought = { scope, from: millisecondsOf(from), to: millisecondsOf(to), most }
    const pages = follows ? oldestFirst(events, sought) : newestFirst(events, sought)
    for await (const items of pages) {
      const records = items.map(({ raw_data, parser, logsource, received }) => ({
        text: raw_data,
        format: parser,
        logsource,
        receivedAt: received,
      }))
      const { hits, unreadable } = await trial.examine(records)
      tally.add(items, { hits: hits.filter(({ rule }) => rule.id === sigmaId), unreadable })
      await this.#change(row, secretAs(row, tally))
    }
    await this.#end(row, { ...secretAs(row, tally), state: 'done' })
  }

  #change({ id }: BackTestRow, change: Partial<BackTestRow>): Promise<void> {
    const { database, store } = this.#parts
    return database.transact(systemScope, (tx) => store.change(tx, id, change))
  }

  #end(row: BackTestRow, change: Partial<BackTestRow>): Promise<void> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      await store.change(tx, row.id, { ...change, ended_at: clock.iso() })
      const { state, problem, fired, examined } = { ...row, ...change }
      await this.#journal(tx, row, {
        type: 'back-test.ended',
        actor: systemScope.actor,
        after: { state, problem, fired, examined },
      })
    })
  }

  async #journal(
    tx: Tx,
    row: BackTestRow,
    entry: Pick<EntryDraft, 'type' | 'actor' | 'after'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      after: { version: row.version, from: row.from, to: row.to },
      ...entry,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      authority: 'rule.write',
      subject: row.id,
      related: [row.rule_id],
    })
  }

  /** Throws Problem request.invalid for a range that ends before it starts or is longer than a week. */
  #range(draft: BackTestDraft): { from: string; to: string } {
    const to = draft.to ? millisecondsOf(draft.to) : this.#parts.clock.now()
    const from = draft.from ? millisecondsOf(draft.from) : to - day
    if (from < to && to - from <= 7 * day) return { from: isoOf(from), to: isoOf(to) }
    throw new Problem('request.invalid', 'from must lie before to, at most 7 days')
  }

  #blank(
    { scope }: Caller,
    asked: Pick<BackTestRow, 'rule_id' | 'version' | 'from' | 'to'>,
    { organisation_id, tlp_rank }: { readonly organisation_id: string; readonly tlp_rank: number },
  ): BackTestRow {
    const { clock, newId } = this.#parts
    const kept: Scope = {
      actor: scope.actor,
      organisations: scope.organisations,
      clearance: scope.clearance,
    }
    return {
      ...asked,
      id: newId('backTest'),
      organisation_id,
      tlp_rank,
      state: 'waiting',
      scope: kept,
      total: null,
      examined: 0,
      bounded: false,
      fired: 0,
      by_hour: [],
      by_host: [],
      hits: [],
      problem: null,
      author_name: scope.actor.name,
      created_at: clock.iso(),
      ended_at: null,
    }
  }
}

/** A result is as secret as the most secret event it tells of. */
function secretAs({ tlp_rank }: BackTestRow, tally: Tally): Partial<BackTestRow> {
  return { ...tally.result, tlp_rank: Math.max(tlp_rank, tally.tlpRank) }
}

function backTestOf(row: BackTestRow): BackTest {
  const { organisation_id: _, tlp_rank: __, scope: ___, ...test } = row
  return test
}
