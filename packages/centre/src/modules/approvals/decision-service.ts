import type { Approval } from '@haidang/contracts/approval'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Client } from '../../http/client.ts'
import type { FreshService } from '../accounts/fresh-service.ts'
import type { ActService } from './act-service.ts'
import { digestOf } from './approval.ts'
import type { ApprovalService } from './approval-service.ts'
import type { ApprovalStore } from './approval-store.ts'
import type { ApprovalRow } from './approval-tables.ts'
import type { AskerService } from './asker-service.ts'

interface DecisionParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: ApprovalStore
  readonly acts: ActService
  readonly askers: AskerService
  readonly approvals: ApprovalService
  readonly fresh: FreshService
}

interface Decision {
  readonly verdict: 'approved' | 'refused'
  readonly digest: string
  readonly reason: string
  readonly password?: string | undefined
}

/** What the second person decides. An approved act is carried out in the transaction of the decision: both or neither. */
export class DecisionService {
  readonly #parts: DecisionParts

  constructor(parts: DecisionParts) {
    this.#parts = parts
  }

  /**
   * Approves or refuses. The same decision again by the same person changes nothing. Throws Problem
   * approval.not-found, approval.person-needed, approval.own, approval.closed, approval.changed,
   * approval.asker-gone, permission.missing, session.stale, password.wrong, and what the act itself throws,
   * after which the request is open as before.
   */
  async decide(caller: Caller, client: Client, id: string, given: Decision): Promise<Approval> {
    const { database, store, fresh, askers, approvals } = this.#parts
    const seen = await database.transact(caller.scope, (tx) => store.get(tx, id))
    if (!seen) throw new Problem('approval.not-found', id)
    this.#requireMayDecide(caller, seen)
    if (given.verdict === 'refused' && given.reason.length < 3) {
      throw new Problem('request.invalid', 'a refusal needs a reason', [
        { field: 'reason', cause: 'empty', remedy: 'say why' },
      ])
    }
    await fresh.require(caller, client, given.password)
    if (given.verdict === 'refused') {
      await database.transact(caller.scope, (tx) => this.#refuse(tx, caller, id, given))
    } else {
      const asker = await database.transact(systemScope, (tx) => askers.callerOf(tx, seen))
      // Carried out as who asked, with the rights they have now, and never by those of the approver.
      if (!asker) throw new Problem('approval.asker-gone')
      await database.transact(asker.scope, (tx) => this.#approve(tx, caller, asker, id, given))
    }
    return approvals.get(caller, id)
  }

  #requireMayDecide({ person_id, permissions }: Caller, row: ApprovalRow): void {
    if (person_id === null) throw new Problem('approval.person-needed')
    const { approve } = this.#parts.acts.of(row.kind)
    if (!permissions.has(approve)) throw new Problem('permission.missing', `${approve} is needed`)
    const theirs = [row.asked_by_id, row.behind_id, ...row.also_behind]
    if (theirs.includes(person_id)) throw new Problem('approval.own')
  }

  async #refuse(tx: Tx, caller: Caller, id: string, given: Decision): Promise<void> {
    const row = await this.#open(tx, caller, id, given)
    if (row) await this.#settle(tx, caller, row, given, { state: 'refused' })
  }

  async #approve(
    tx: Tx,
    caller: Caller,
    asker: Caller,
    id: string,
    given: Decision,
  ): Promise<void> {
    const row = await this.#open(tx, caller, id, given)
    if (!row) return
    const act = this.#parts.acts.of(row.kind)
    if (!asker.permissions.has(act.ask)) throw new Problem('approval.asker-gone')
    // Prepared again: what it names may have changed since it was asked for.
    const { payload } = await act.prepare(tx, asker, row.payload, 1)
    const digest = digestOf(row.kind, row.organisation_id, payload)
    if (digest !== row.digest) throw new Problem('approval.changed')
    if (!act.carryOut) {
      await this.#settle(tx, caller, row, given, { state: 'approved' })
      return
    }
    const { subject } = await act.carryOut(tx, asker, payload)
    const done_at = this.#parts.clock.iso()
    await this.#settle(tx, caller, row, given, { state: 'done', outcome: subject, done_at })
  }

  /** The request, locked and open, as the caller read it; undefined where this very decision stands already. */
  async #open(
    tx: Tx,
    caller: Caller,
    id: string,
    { verdict, digest }: Decision,
  ): Promise<ApprovalRow | undefined> {
    const { store, clock } = this.#parts
    const row = await store.lock(tx, id)
    if (!row) throw new Problem('approval.asker-gone')
    const stands = verdict === 'refused' ? ['refused'] : ['approved', 'done']
    if (row.decided_by_id === caller.person_id && stands.includes(row.state)) return undefined
    if (row.state !== 'open' || row.expires_at <= clock.iso()) throw new Problem('approval.closed')
    if (row.digest !== digest) throw new Problem('approval.changed')
    return row
  }

  async #settle(
    tx: Tx,
    { scope, person_id }: Caller,
    row: ApprovalRow,
    { verdict, reason }: Decision,
    change: Partial<ApprovalRow>,
  ): Promise<void> {
    const { store, journal, clock, acts } = this.#parts
    const after: ApprovalRow = {
      ...row,
      decision: reason,
      decided_by_id: person_id ?? '',
      decided_by: scope.actor.name,
      decided_at: clock.iso(),
      ...change,
    }
    await store.replace(tx, after)
    await journal.append(tx, {
      type: verdict === 'refused' ? 'approval.refused' : 'approval.approved',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      subject: row.id,
      actor: scope.actor,
      authority: acts.of(row.kind).approve,
      reason,
      related: [row.asked_by_id, ...(after.outcome ? [after.outcome] : [])],
      before: { state: row.state },
      after: { kind: row.kind, digest: row.digest, state: after.state, outcome: after.outcome },
    })
  }
}
