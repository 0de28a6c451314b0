import type { BulkResult, FullLibraryRule, ReviewDraft } from '@haidang/contracts/rule-library'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { EntryDraft } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireOtherEyes, statusAfter } from './rule.ts'
import type { RuleParts, RuleService } from './rule-service.ts'
import type { LibraryRuleRow } from './rule-tables.ts'

/** From draft to approved, with four eyes; and out of the library again. */
export class ReviewService {
  readonly #parts: RuleParts
  readonly #rules: RuleService

  constructor(parts: RuleParts, rules: RuleService) {
    this.#parts = parts
    this.#rules = rules
  }

  /** Hands the newest version over for review. Throws Problem rule.not-found, rule.illegal-step. */
  submit(caller: Caller, id: string): Promise<FullLibraryRule> {
    return this.#act(caller, id, async (tx, row) => {
      const status = statusAfter(row.status, 'submit')
      await this.#move(tx, caller, { ...row, status }, row, {
        type: 'rule.submitted',
        authority: 'rule.write',
      })
    })
  }

  /**
   * Approves or returns a version. Throws Problem rule.not-found, rule.illegal-step, rule.own-review,
   * rule.changed-meanwhile (a newer text came), order of these.
   */
  review(
    caller: Caller,
    id: string,
    { version, verdict, note }: ReviewDraft,
  ): Promise<FullLibraryRule> {
    const { store, clock } = this.#parts
    const { actor } = caller.scope
    return this.#act(caller, id, async (tx, row) => {
      const act = verdict === 'approved' ? 'approve' : 'return'
      const status = statusAfter(row.status, act)
      requireOtherEyes(row.author_id, actor.id)
      if (version !== row.version) throw new Problem('rule.changed-meanwhile')
      await store.judge(
        tx,
        { rule_id: id, version },
        {
          verdict,
          reviewer_id: actor.id,
          reviewer_name: actor.name,
          reviewed_at: clock.iso(),
          review_note: note,
        },
      )
      const approved_version = verdict === 'approved' ? version : row.approved_version
      await this.#move(tx, caller, { ...row, status, approved_version }, row, {
        type: 'rule.reviewed',
        authority: 'rule.review',
        reason: note,
      })
    })
  }

  /** Hands many over; each by itself. */
  submitMany(caller: Caller, ids: readonly string[]): Promise<BulkResult> {
    return inTurn(ids, (id) => this.submit(caller, id))
  }

  /** Judges many; each by itself. */
  reviewMany(
    caller: Caller,
    reviews: readonly { readonly id: string; readonly version: number }[],
    judgement: Omit<ReviewDraft, 'version'>,
  ): Promise<BulkResult> {
    return inTurn(reviews, ({ id, version }) => this.review(caller, id, { ...judgement, version }))
  }

  /** Takes a rule out of the sets to come. Throws Problem rule.not-found, rule.illegal-step. */
  withdraw(caller: Caller, id: string, reason: string): Promise<FullLibraryRule> {
    return this.#act(caller, id, async (tx, row) => {
      const status = statusAfter(row.status, 'withdraw')
      await this.#move(tx, caller, { ...row, status, approved_version: null }, row, {
        type: 'rule.withdrawn',
        authority: 'rule.review',
        reason,
      })
    })
  }

  #act(
    { scope }: Caller,
    id: string,
    act: (tx: Tx, row: LibraryRuleRow) => Promise<void>,
  ): Promise<FullLibraryRule> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('rule.not-found')
      await act(tx, row)
      return this.#rules.shown(tx, id)
    })
  }

  async #move(
    tx: Tx,
    caller: Caller,
    row: LibraryRuleRow,
    before: LibraryRuleRow,
    entry: Pick<EntryDraft, 'type' | 'authority' | 'reason'>,
  ): Promise<void> {
    const { store, journal, clock } = this.#parts
    await store.replace(tx, { ...row, updated_at: clock.iso() })
    await journal.append(tx, {
      ...entry,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: caller.scope.actor,
      subject: row.id,
      before: { status: before.status, approved_version: before.approved_version },
      after: {
        status: row.status,
        version: row.version,
        approved_version: row.approved_version,
      },
    })
  }
}

/** Acts on one after the other; a refusal stops no other. */
async function inTurn<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<BulkResult> {
  const refused: BulkResult['refused'] = []
  for (const [position, item] of items.entries()) {
    try {
      await act(item)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused.push({ position, code: error.code })
    }
  }
  return { done: items.length - refused.length, refused }
}
