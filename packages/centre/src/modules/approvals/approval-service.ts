import type {
  Approval,
  ApprovalAct,
  ApprovalKind,
  ApprovalPolicy,
  ApprovalsWaiting,
} from '@haidang/contracts/approval'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { ActService } from './act-service.ts'
import { digestOf } from './approval.ts'
import type { ApprovalStore } from './approval-store.ts'
import type { ApprovalRow } from './approval-tables.ts'
import type { AskerService } from './asker-service.ts'
import type { PolicyService } from './policy-service.ts'

interface ApprovalParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: ApprovalStore
  readonly acts: ActService
  readonly policies: PolicyService
  readonly askers: AskerService
  readonly organisations: OrganisationService
}

const mostStanding = 50
const mostCounted = 100
const expiredAtOnce = 500
/** How far the size of an act is counted for whoever looks at it. */
const countTo = 1_000_000

/** Asking for a second person, seeing what waits, taking back, running out. Deciding is DecisionService’s. */
export class ApprovalService {
  readonly #parts: ApprovalParts

  constructor(parts: ApprovalParts) {
    this.#parts = parts
  }

  /** Newest first. */
  list(caller: Caller, query: PageQuery): Promise<Page<Approval>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.#shown(tx, caller, items), next }
    })
  }

  /** Throws Problem approval.not-found. */
  get(caller: Caller, id: string): Promise<Approval> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('approval.not-found', id)
      return this.#one(tx, caller, row)
    })
  }

  waiting(caller: Caller): Promise<ApprovalsWaiting> {
    const { database, store, acts, clock } = this.#parts
    const kinds = [...acts.all()]
      .filter(([, { approve }]) => mayApprove(caller, approve))
      .map(([kind]) => kind)
    return database.transact(caller.scope, async (tx) => {
      const open =
        kinds.length > 0 ? await store.openOfOthers(tx, kinds, clock.iso(), mostCounted) : []
      return {
        for_me: open.filter((row) => !isBehind(caller, row)).length,
        mine: await store.countStanding(tx, caller.scope.actor.id),
      }
    })
  }

  /**
   * Asks for an act to be approved. Throws as the act itself would, and Problem permission.missing,
   * request.rate-limited (too many stand), organisation.not-found before set-up.
   */
  async ask(caller: Caller, { kind, payload }: ApprovalAct, reason: string): Promise<Approval> {
    const { database, store, acts, askers, policies, clock, newId } = this.#parts
    const act = acts.of(kind)
    if (!caller.permissions.has(act.ask)) {
      throw new Problem('permission.missing', `${act.ask} is needed`)
    }
    const { organisation_id } = caller
    if (organisation_id === '') throw new Problem('organisation.not-found', 'not set up')
    const { behind, hours } = await database.transact(systemScope, async (tx) => ({
      behind: await askers.behind(tx, caller),
      hours: (await policies.rule(tx, kind)).stands_hours,
    }))
    return database.transact(caller.scope, async (tx) => {
      const prepared = await act.prepare(tx, caller, payload, countTo)
      const digest = digestOf(kind, organisation_id, prepared.payload)
      const { actor } = caller.scope
      const same = await store.findOpen(tx, actor.id, digest)
      if (same) return this.#one(tx, caller, same)
      if ((await store.countStanding(tx, actor.id)) >= mostStanding) {
        throw new Problem('request.rate-limited', `${mostStanding} of your requests stand already`)
      }
      const row: ApprovalRow = {
        id: newId('approval'),
        kind,
        organisation_id,
        tlp_rank: prepared.tlp_rank,
        state: 'open',
        size: prepared.size,
        facts: [...prepared.facts],
        payload: prepared.payload,
        digest,
        reason,
        asked_by_id: actor.id,
        asked_by: actor.name,
        ...behind,
        asked_at: clock.iso(),
        expires_at: isoOf(clock.now() + hours * 3_600_000),
        decided_by_id: '',
        decided_by: '',
        decided_at: null,
        decision: '',
        outcome: '',
        done_at: null,
      }
      await store.add(tx, row)
      await this.#journal(tx, caller.scope.actor, 'approval.asked', row)
      return this.#one(tx, caller, row)
    })
  }

  /** Takes one’s own request back. Throws Problem approval.not-found, approval.closed, approval.not-yours. */
  withdraw(caller: Caller, id: string): Promise<Approval> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('approval.not-found', id)
      if (!isBehind(caller, row)) throw new Problem('approval.not-yours')
      if (row.state !== 'open' && row.state !== 'approved') throw new Problem('approval.closed')
      const after: ApprovalRow = { ...row, state: 'withdrawn' }
      await store.replace(tx, after)
      await this.#journal(tx, caller.scope.actor, 'approval.withdrawn', after)
      return this.#one(tx, caller, after)
    })
  }

  /** Closes requests whose time is over; how many. */
  expire(): Promise<number> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const rows = await store.overdue(tx, clock.iso(), expiredAtOnce)
      for (const row of rows) {
        const after: ApprovalRow = { ...row, state: 'expired' }
        await store.replace(tx, after)
        await this.#journal(tx, systemScope.actor, 'approval.expired', after)
      }
      return rows.length
    })
  }

  /** The policy that holds, and how many people could be the second for each kind of act. */
  policy(caller: Caller): Promise<{
    policy: ApprovalPolicy
    newest: number
    approvers: { kind: ApprovalKind; people: number }[]
  }> {
    const { database, policies, askers, acts } = this.#parts
    const of = { organisation_id: caller.organisation_id, tlp_rank: 0 }
    return database.transact(systemScope, async (tx) => {
      const approvers: { kind: ApprovalKind; people: number }[] = []
      for (const [kind, { approve }] of acts.all()) {
        approvers.push({ kind, people: (await askers.approvers(tx, approve, of)).length })
      }
      const policy = await policies.current(tx)
      return { policy, newest: await policies.newest(tx), approvers }
    })
  }

  /** Requests as the caller reads them. */
  async #shown(tx: Tx, caller: Caller, rows: readonly ApprovalRow[]): Promise<Approval[]> {
    const { organisations, acts, clock } = this.#parts
    const names = await organisations.names(
      tx,
      rows.map(({ organisation_id }) => organisation_id),
    )
    const now = clock.iso()
    return rows.map((row) => {
      const { tlp_rank, behind_id: _, also_behind: ___, decided_by_id: __, ...rest } = row
      const mine = isBehind(caller, row)
      const isOpen = row.state === 'open' && row.expires_at > now
      return {
        ...rest,
        mine,
        tlp: tlpOf(tlp_rank),
        organisation_name: names.get(row.organisation_id) ?? '',
        may_decide: isOpen && !mine && mayApprove(caller, acts.of(row.kind).approve),
      }
    })
  }

  async #one(tx: Tx, caller: Caller, row: ApprovalRow): Promise<Approval> {
    const [shown] = await this.#shown(tx, caller, [row])
    if (!shown) throw new Error('a request was not shown')
    return shown
  }

  async #journal(
    tx: Tx,
    actor: Scope['actor'],
    type: EntryType,
    { id, organisation_id, tlp_rank, kind, digest, state, reason, facts, size }: ApprovalRow,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      tlp_rank,
      actor,
      subject: id,
      authority: 'approval.ask',
      reason: type === 'approval.asked' ? reason : '',
      after: { kind, digest, state, ...(type === 'approval.asked' ? { size, facts } : {}) },
    })
  }
}

function mayApprove({ person_id, permissions }: Caller, right: Permission): boolean {
  return person_id !== null && permissions.has('approval.decide') && permissions.has(right)
}

/** Whether the caller asked, in person, by a key of theirs or by a machine they answer for. */
function isBehind(
  { person_id, scope }: Caller,
  { asked_by_id, behind_id, also_behind }: ApprovalRow,
): boolean {
  if (asked_by_id === scope.actor.id) return true
  return person_id !== null && [behind_id, ...also_behind].includes(person_id)
}
