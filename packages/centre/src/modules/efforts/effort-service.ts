import type {
  EffortCheck,
  EffortDraft,
  EffortPayment,
  EffortRules,
  EffortSheet,
  EffortStep,
  EffortSummary,
} from '@haidang/contracts/effort'
import type { Addressee } from '@haidang/contracts/order'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import {
  checkedLines,
  claimedOf,
  foundOf,
  linesOf,
  partyOf,
  stateAfter,
  writable,
} from './effort.ts'
import { authorityOf, found, requireParty, requireSource, requireUnmoved } from './effort-guards.ts'
import type { EffortStore } from './effort-store.ts'
import type { EffortRow } from './effort-tables.ts'
import { kept, listed, shown } from './effort-view.ts'

/** What an order is to whoever claims for it. */
export interface ClaimedOrder {
  readonly number: string
  readonly title: string
  readonly issuer_id: string
  readonly tlp_rank: number
  /** Issued on another node. */
  readonly remote: boolean
  readonly simulated: boolean
  /** The claimant's; undefined: it is no addressee. */
  readonly ladder: Pick<Addressee, 'role' | 'organisation_name'> | undefined
}

export interface EffortParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: EffortStore
  readonly rules: EffortRules
  /** An order the transaction sees, as an organisation was addressed by it. */
  readonly orderOf: (
    tx: Tx,
    orderId: string,
    organisationId: string,
  ) => Promise<ClaimedOrder | undefined>
  /** The people behind a caller: a key acts for who made it. Needs the scope of the node. */
  readonly behind: (tx: Tx, caller: Caller) => Promise<readonly string[]>
}

type Change = Partial<Pick<EffortRow, 'lines' | 'checked' | 'checkers' | 'payment'>>

/** Effort sheets of orders: claimed, checked, agreed, approved and paid (1622 II.3.b). */
export class EffortService {
  readonly #parts: EffortParts

  constructor(parts: EffortParts) {
    this.#parts = parts
  }

  get rules(): EffortRules {
    return this.#parts.rules
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<EffortSummary>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(listed), next }
    })
  }

  /** Throws Problem effort.not-found, also where the caller may not know of it. */
  get({ scope }: Caller, id: string): Promise<EffortSheet> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => shown(found(await store.get(tx, id))))
  }

  /**
   * Begins a sheet of the caller's organisation. Throws Problem order.not-found, effort.over-link,
   * effort.no-addressee, effort.exists, effort.line-invalid.
   */
  create(caller: Caller, orderId: string, draft: EffortDraft): Promise<EffortSheet> {
    const { database, store, rules, newId, clock, orderOf } = this.#parts
    const { scope, organisation_id } = caller
    const lines = linesOf(draft.lines, rules)
    return database.transact(scope, async (tx) => {
      const order = await orderOf(tx, orderId, organisation_id)
      if (!order) throw new Problem('order.not-found')
      if (order.remote) throw new Problem('effort.over-link')
      const { ladder } = order
      if (!ladder || ladder.role === 'for_information') throw new Problem('effort.no-addressee')
      const now = clock.iso()
      const row: EffortRow = {
        id: newId('effort'),
        order_id: orderId,
        order_number: order.number,
        order_title: order.title,
        organisation_id,
        organisation_name: ladder.organisation_name,
        issuer_id: order.issuer_id,
        tlp_rank: order.tlp_rank,
        state: 'draft',
        rules: `${rules.profile} ${rules.version}`,
        lines,
        note: draft.note,
        claimed: claimedOf(lines),
        checked: null,
        checkers: [],
        simulated: order.simulated,
        payment: null,
        history: [],
        version: 1,
        created_at: now,
        updated_at: now,
      }
      await store.add(tx, row)
      await this.#journal(tx, caller, 'effort.recorded', 'effort.submit', undefined, row)
      return shown(row)
    })
  }

  /** Writes it anew. Throws Problem effort.not-found, effort.not-yours, effort.illegal-step, effort.moved-on, effort.line-invalid. */
  update(caller: Caller, id: string, version: number, draft: EffortDraft): Promise<EffortSheet> {
    const { database, store, rules, clock } = this.#parts
    const lines = linesOf(draft.lines, rules)
    return database.transact(caller.scope, async (tx) => {
      const before = requireParty(found(await store.lock(tx, id)), caller, 'claimant')
      requireUnmoved(before, version)
      if (!writable.includes(before.state)) throw new Problem('effort.illegal-step', before.state)
      const after: EffortRow = {
        ...before,
        rules: `${rules.profile} ${rules.version}`,
        lines,
        note: draft.note,
        claimed: claimedOf(lines),
        checked: null,
        version: before.version + 1,
        updated_at: clock.iso(),
      }
      await store.replace(tx, after)
      await this.#journal(tx, caller, 'effort.updated', 'effort.submit', before, after)
      return shown(after)
    })
  }

  /** Throws Problem as `update` does. */
  submit(caller: Caller, id: string, version: number): Promise<EffortSheet> {
    return this.#step(caller, id, version, { step: 'submitted', note: '' })
  }

  /** Throws Problem as `update` does. */
  withdraw(caller: Caller, id: string, version: number, reason: string): Promise<EffortSheet> {
    return this.#step(caller, id, version, { step: 'withdrawn', note: reason })
  }

  /** Says what was found of every line. Throws Problem as `update` does. */
  async check(
    caller: Caller,
    id: string,
    version: number,
    { lines, note }: EffortCheck,
  ): Promise<EffortSheet> {
    const people = await this.#behind(caller)
    return this.#step(caller, id, version, { step: 'checked', note }, (before) => {
      const checked = checkedLines(before.lines, lines)
      return {
        lines: checked,
        checked: foundOf(checked),
        checkers: [...new Set([...before.checkers, ...people])],
      }
    })
  }

  /** Throws Problem as `update` does. */
  return(caller: Caller, id: string, version: number, reason: string): Promise<EffortSheet> {
    return this.#step(caller, id, version, { step: 'returned', note: reason })
  }

  /** Agrees with what was found, or contests it. Throws Problem as `update` does, request.invalid (contested without a reason). */
  agree(
    caller: Caller,
    id: string,
    version: number,
    { verdict, note }: { readonly verdict: 'agreed' | 'contested'; readonly note: string },
  ): Promise<EffortSheet> {
    if (verdict === 'contested' && note.length < 3) {
      throw new Problem('request.invalid', 'contested without a reason', [
        { field: 'note', cause: 'empty', remedy: 'say what is wrong with it' },
      ])
    }
    return this.#step(caller, id, version, { step: verdict, note })
  }

  /** Throws Problem as `update` does, effort.own-check (who checked it, now or earlier, approves nothing). */
  async approve(caller: Caller, id: string, version: number, note: string): Promise<EffortSheet> {
    const people = await this.#behind(caller)
    return this.#step(caller, id, version, { step: 'approved', note }, (before) => {
      if (before.checkers.some((one) => people.includes(one))) {
        throw new Problem('effort.own-check')
      }
      return {}
    })
  }

  /** Records the payment. Throws Problem as `update` does, request.invalid (source unknown, paid in the future). */
  pay(caller: Caller, id: string, version: number, payment: EffortPayment): Promise<EffortSheet> {
    const { rules, clock } = this.#parts
    requireSource(payment, rules)
    if (payment.paid_on > vietnamDate(clock.now())) {
      throw new Problem('request.invalid', 'paid in the future', [
        { field: 'paid_on', cause: payment.paid_on, remedy: 'a day that has come' },
      ])
    }
    return this.#step(caller, id, version, { step: 'paid', note: payment.document }, () => ({
      payment,
    }))
  }

  #step(
    caller: Caller,
    id: string,
    version: number,
    { step, note }: { readonly step: EffortStep; readonly note: string },
    change: (before: EffortRow) => Change = () => ({}),
  ): Promise<EffortSheet> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = requireParty(found(await store.lock(tx, id)), caller, partyOf(step))
      requireUnmoved(before, version)
      const state = stateAfter(before.state, step)
      const time = clock.iso()
      const line = { step, actor_name: caller.scope.actor.name, time, note }
      const after: EffortRow = {
        ...before,
        ...change(before),
        state,
        history: [...before.history, line],
        version: before.version + 1,
        updated_at: time,
      }
      await store.replace(tx, after)
      await this.#journal(tx, caller, `effort.${step}`, authorityOf(step), before, after, note)
      return shown(after)
    })
  }

  /** Whoever acts, and the people behind them. */
  async #behind(caller: Caller): Promise<readonly string[]> {
    const { database, behind } = this.#parts
    const people = await database.transact(systemScope, (tx) => behind(tx, caller))
    return [caller.scope.actor.id, ...people]
  }

  async #journal(
    tx: Tx,
    { scope }: Caller,
    type: EntryDraft['type'],
    authority: Permission,
    before: EffortRow | undefined,
    after: EffortRow,
    reason = '',
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: after.organisation_id,
      tlp_rank: after.tlp_rank,
      actor: scope.actor,
      authority,
      subject: after.id,
      related: [after.order_id, after.issuer_id],
      reason,
      before: before && kept(before),
      after: kept(after),
    })
  }
}
