import { periodBefore } from '@haidang/contracts/duration'
import type { Page, PageQuery } from '@haidang/contracts/page'
import {
  type PersonalClass,
  type PersonalHolding,
  type PersonalRetention,
  type PersonalRule,
  shippedPersonalRules,
} from '@haidang/contracts/personal-retention'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireWholeNode } from '../../signed-in.ts'
import type { PersonalRetentionRow } from './personal-data-tables.ts'
import type { RedactionService } from './redaction-service.ts'
import type { RetentionStore } from './retention-store.ts'

interface RetentionParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: RetentionStore
  readonly redactions: RedactionService
}

interface Change {
  readonly rules: PersonalRule[]
  readonly reason: string
  readonly based_on: number
}

/** Rows of a class that end in one transaction. */
const batch = 500
/** Accounts redacted in one transaction: each touches many tables. */
const accountBatch = 50
const dayMilliseconds = 86_400_000
/** 03:20 in Vietnam, as the job's cron line says. */
const runMinute = (20 * 60 + 20) * 60_000

/** Ends records about people when their period is over. The journal is no such class: it is never touched. */
export class RetentionService {
  readonly #parts: RetentionParts

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  /** What holds, what there is, when it ends next. Throws Problem permission.missing. */
  status(caller: Caller) {
    requireWholeNode(caller)
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const policy = await this.#current(tx)
      return {
        policy,
        holdings: await this.#holdings(tx, policy.rules),
        last_run_at: await store.lastRun(tx),
        next_run_at: isoOf(nextRun(clock.now())),
      }
    })
  }

  /** What these periods would end at the next run. Throws Problem permission.missing. */
  preview(caller: Caller, rules: readonly PersonalRule[]) {
    requireWholeNode(caller)
    return this.#parts.database.transact(caller.scope, async (tx) => ({
      holdings: await this.#holdings(tx, rules),
    }))
  }

  /** Newest version first. Throws Problem permission.missing. */
  versions(caller: Caller, query: PageQuery): Promise<Page<PersonalRetention>> {
    requireWholeNode(caller)
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(policyOf), next }
    })
  }

  /** Throws Problem permission.missing, personal-retention.changed-meanwhile. */
  change(caller: Caller, { rules, reason, based_on }: Change): Promise<PersonalRetention> {
    requireWholeNode(caller)
    const { database, store, journal, clock } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      await store.lock(tx)
      const before = await this.#current(tx)
      if (before.version !== based_on) throw new Problem('personal-retention.changed-meanwhile')
      const row: PersonalRetentionRow = {
        version: based_on + 1,
        rules,
        reason,
        actor_id: actor.id,
        changed_by: actor.name,
        changed_at: clock.iso(),
      }
      await store.add(tx, row)
      await journal.append(tx, {
        type: 'personal-retention.changed',
        organisation_id: null,
        actor,
        reason,
        authority: 'person.manage',
        subject: `personal-retention:${row.version}`,
        before: { version: before.version, rules: before.rules },
        after: { version: row.version, rules },
      })
      return policyOf(row)
    })
  }

  /** Ends all that is beyond its period, batch after batch; each with its entry in the journal. Again does nothing. */
  async run(): Promise<void> {
    let more = true
    while (more) more = await this.#batch()
  }

  #batch(): Promise<boolean> {
    const { database, store, journal, clock, redactions } = this.#parts
    return database.transact(systemScope, async (tx) => {
      await store.lock(tx)
      const { version, rules } = await this.#current(tx)
      const ended: Partial<Record<PersonalClass, number>> = {}
      let more = false
      for (const rule of rules) {
        const cutoff = this.#cutoff(rule)
        let count: number
        if (rule.class === 'disabled-accounts') {
          const ids = await store.disabledBefore(tx, cutoff, accountBatch)
          await redactions.redactDue(tx, ids, clock.iso())
          count = ids.length
          more ||= count === accountBatch
        } else {
          count = await store.end(tx, rule.class, cutoff, batch)
          more ||= count === batch
        }
        if (count > 0) ended[rule.class] = count
      }
      await store.noteRun(tx, clock.iso())
      if (Object.keys(ended).length > 0) {
        await journal.append(tx, {
          type: 'personal-data.ended',
          organisation_id: null,
          actor: systemScope.actor,
          authority: `personal-retention:${version}`,
          subject: 'personal-data',
          reason: 'kept for as long as the policy says',
          after: { rows: ended },
        })
      }
      return more
    })
  }

  async #current(tx: Tx): Promise<PersonalRetention> {
    const row = await this.#parts.store.last(tx)
    if (row) return policyOf(row)
    const rules = [...shippedPersonalRules]
    return { version: 0, rules, reason: '', changed_by: '', changed_at: null }
  }

  async #holdings(tx: Tx, rules: readonly PersonalRule[]): Promise<PersonalHolding[]> {
    const holdings: PersonalHolding[] = []
    for (const rule of rules) {
      holdings.push(await this.#parts.store.holding(tx, rule.class, this.#cutoff(rule)))
    }
    return holdings
  }

  #cutoff({ period }: PersonalRule): string {
    return isoOf(periodBefore(this.#parts.clock.now(), period))
  }
}

function policyOf({ actor_id: _, ...row }: PersonalRetentionRow): PersonalRetention {
  return row
}

function nextRun(now: number): number {
  const today = Math.floor(now / dayMilliseconds) * dayMilliseconds + runMinute
  return today > now ? today : today + dayMilliseconds
}
