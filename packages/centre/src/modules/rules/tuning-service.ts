import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tuning, TuningDraft } from '@haidang/contracts/rule-library'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { stringify } from 'yaml'
import { invalid, lintDocument } from './rule-lint.ts'
import type { RuleParts, RuleService } from './rule-service.ts'
import type { LibraryRuleRow, TuningRow } from './rule-tables.ts'
import type { TuningStore } from './tuning-store.ts'

export interface TuningParts extends Omit<RuleParts, 'store'> {
  readonly store: TuningStore
  readonly rules: RuleService
}

const longest = 366 * 86_400_000

/** What is left out of rules for a time: a Sigma filter beside the rule, never a change of its text. */
export class TuningService {
  readonly #parts: TuningParts

  constructor(parts: TuningParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Tuning>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(tuningOf), next }
    })
  }

  /** Throws Problem rule.not-found, rule.invalid (the selection), tuning.expiry-invalid. */
  tune(caller: Caller, ruleId: string, draft: TuningDraft): Promise<Tuning> {
    const { database, store, rules, journal, clock, newId } = this.#parts
    const expires = millisecondsOf(draft.expires_at)
    if (!(expires > clock.now() && expires <= clock.now() + longest)) {
      throw new Problem('tuning.expiry-invalid')
    }
    return database.transact(caller.scope, async (tx) => {
      const rule = await rules.require(tx, ruleId)
      const id = newId('tuning')
      const row: TuningRow = {
        id,
        organisation_id: rule.organisation_id,
        tlp_rank: rule.tlp_rank,
        rule_id: ruleId,
        sigma_id: rule.sigma_id,
        rule_title: rule.title,
        text: filterText(id, rule, draft),
        selection: draft.selection,
        reason: draft.reason,
        expires_at: isoOf(expires),
        ended_at: null,
        author_id: caller.scope.actor.id,
        author_name: caller.scope.actor.name,
        created_at: clock.iso(),
      }
      await store.add(tx, row)
      await journal.append(tx, {
        type: 'rule.tuned',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: caller.scope.actor,
        authority: 'rule.write',
        subject: id,
        related: [ruleId],
        reason: row.reason,
        after: { sigma_id: row.sigma_id, selection: row.selection, expires_at: row.expires_at },
      })
      return tuningOf(row)
    })
  }

  /** Ends a tuning; one that has ended stays as it is. Throws Problem tuning.not-found. */
  end(caller: Caller, id: string, reason: string): Promise<Tuning> {
    const { database, store, journal, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('tuning.not-found')
      if (row.ended_at !== null) return tuningOf(row)
      const ended_at = clock.iso()
      await store.end(tx, id, ended_at)
      await journal.append(tx, {
        type: 'rule.tuning-ended',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: caller.scope.actor,
        authority: 'rule.write',
        subject: id,
        related: [row.rule_id],
        reason,
        after: { ended_at },
      })
      return tuningOf({ ...row, ended_at })
    })
  }

  /** What belongs in the next set. */
  inForce(tx: Tx): Promise<TuningRow[]> {
    return this.#parts.store.inForce(tx, this.#parts.clock.iso())
  }
}

/** The Sigma filter (specification, Filters) a draft becomes. Throws Problem rule.invalid. */
function filterText(id: string, rule: LibraryRuleRow, { selection, reason }: TuningDraft): string {
  const search = selection
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
  requireSearch(rule, search)
  const head = stringify({
    title: `Tuning of ${rule.title}`.slice(0, 250),
    id: id.replace(/^\w+_/, ''),
    description: reason,
    logsource: rule.logsource,
  })
  return [
    head.trimEnd(),
    'filter:',
    `  rules: [${JSON.stringify(rule.sigma_id)}]`,
    '  selection:',
    search,
    '  condition: not selection',
    '',
  ].join('\n')
}

/** A search that does not stand in a rule does not stand in a filter either. */
function requireSearch({ path }: LibraryRuleRow, search: string): void {
  const probe = [
    'title: probe',
    'id: 00000000-0000-4000-8000-000000000000',
    'logsource: { product: probe }',
    'detection:',
    '  selection:',
    search,
    '  condition: selection',
    '',
  ].join('\n')
  const linted = lintDocument({ path, text: probe })
  const [only] = linted
  if (linted.length !== 1 || !only?.usable) throw invalid(linted.flatMap((one) => one.problems))
}

function tuningOf({ organisation_id: _, tlp_rank: __, ...tuning }: TuningRow): Tuning {
  return tuning
}
