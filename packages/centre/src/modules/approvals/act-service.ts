import {
  ApprovalAct,
  type ApprovalFact,
  type ApprovalKind,
  type ApprovalRule,
  type PayloadOf,
} from '@haidang/contracts/approval'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { digestOf, needsSecond } from './approval.ts'
import type { ApprovalStore } from './approval-store.ts'
import type { AskerService } from './asker-service.ts'

/** An act as it would be carried out: all that decides about it is in the payload, so that it is what was approved. */
export interface Prepared<P> {
  readonly payload: P
  /** What the policy’s threshold is compared with: addressees, rows; 1 for what has no size, 0 for what is harmless. */
  readonly size: number
  readonly tlp_rank: number
  readonly facts: readonly ApprovalFact[]
}

/** A kind of act that may need a second person; its module declares it once. */
export interface Guarded<K extends ApprovalKind> {
  readonly kind: K
  /** Right of whoever does it or asks for it. */
  readonly ask: Permission
  /** Right a second person needs beside approval.decide. */
  readonly approve: Permission
  /** Checks it and fixes what exactly is done; throws as the act itself would. Counts no further than `countTo`. */
  prepare(
    tx: Tx,
    caller: Caller,
    payload: PayloadOf<K>,
    countTo: number,
  ): Promise<Prepared<PayloadOf<K>>>
}

/** One that the node carries out itself, in the transaction of the decision. */
export interface Act<K extends ApprovalKind, R> extends Guarded<K> {
  carryOut(tx: Tx, caller: Caller, payload: PayloadOf<K>): Promise<{ subject: string; answer: R }>
}

/** A declared act by its parsed payload, whatever its kind. */
interface Declared {
  readonly ask: Permission
  readonly approve: Permission
  prepare(tx: Tx, caller: Caller, payload: unknown, countTo: number): Promise<Prepared<unknown>>
  /** Undefined: who asked takes it, once it is approved. */
  readonly carryOut?: (tx: Tx, caller: Caller, payload: unknown) => Promise<{ subject: string }>
}

interface ActParts {
  readonly database: Database
  readonly store: ApprovalStore
  /** What the policy says of a kind. */
  readonly policies: { rule(tx: Tx, kind: ApprovalKind): Promise<ApprovalRule> }
  readonly askers: AskerService
  readonly journal: Journal
  readonly clock: Clock
}

/** Milliseconds during which an export that broke off may be begun again. */
const againWithin = 15 * 60_000

/** The register of acts that may need a second person, and the one door through which they are done. */
export class ActService {
  readonly #parts: ActParts
  readonly #declared = new Map<ApprovalKind, Declared>()

  constructor(parts: ActParts) {
    this.#parts = parts
  }

  /**
   * Declares an act; gives back how to do it at once, in one transaction, where the policy lets one person.
   * What it gives back throws Problem approval.required otherwise, and whatever the act throws.
   */
  declare<K extends ApprovalKind, R>(act: Act<K, R>) {
    this.#declared.set(act.kind, {
      ...guarded(act),
      carryOut: (tx, caller, payload) => act.carryOut(tx, caller, read(act.kind, payload)),
    })
    return async (caller: Caller, payload: PayloadOf<K>): Promise<R> => {
      const judge = await this.#judge(caller, act)
      return this.#parts.database.transact(caller.scope, async (tx) => {
        const prepared = await act.prepare(tx, caller, payload, judge.countTo)
        judge.require(prepared)
        return (await act.carryOut(tx, caller, prepared.payload)).answer
      })
    }
  }

  /**
   * Declares something that is handed out; gives back who must be asked before it is. That throws Problem
   * approval.required, or approval.not-usable where the approval named is not for this.
   */
  declareRelease<K extends ApprovalKind>(act: Guarded<K>) {
    this.#declared.set(act.kind, guarded(act))
    return async (caller: Caller, payload: PayloadOf<K>, approval?: string): Promise<void> => {
      if (approval !== undefined) return this.#use(caller, act.kind, payload, approval)
      const judge = await this.#judge(caller, act)
      await this.#parts.database.transact(caller.scope, async (tx) =>
        judge.require(await act.prepare(tx, caller, payload, judge.countTo)),
      )
    }
  }

  /** The act of a kind. Throws Problem request.invalid where this node has none. */
  of(kind: ApprovalKind): Declared {
    const act = this.#declared.get(kind)
    if (!act) throw new Problem('request.invalid', `this node has no act ${kind}`)
    return act
  }

  /** Every act of this node by its kind. */
  all(): ReadonlyMap<ApprovalKind, Declared> {
    return this.#declared
  }

  async #judge<K extends ApprovalKind>(caller: Caller, { kind, approve }: Guarded<K>) {
    const { database, policies, askers } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const rule = await policies.rule(tx, kind)
      const others = rule.mode === 'when_possible' && (await askers.hasOthers(tx, caller, approve))
      return {
        countTo: rule.threshold ?? 1,
        require: ({ size }: Prepared<unknown>) => {
          if (!needsSecond(rule, size, others)) return
          throw new Problem('approval.required', `${kind} from size ${rule.threshold ?? 1} on`, [
            {
              field: 'approval',
              cause: 'the approval policy wants a second person',
              remedy: 'ask on the page Approvals or by POST /api/v1/approvals',
            },
          ])
        },
      }
    })
  }

  /** Uses an approval for what it was given for: once, and again only soon after, for what broke off. */
  async #use(caller: Caller, kind: ApprovalKind, payload: unknown, id: string): Promise<void> {
    const { database, store, journal, clock } = this.#parts
    await database.transact(caller.scope, async (tx) => {
      const row = await store.lock(tx, id)
      if (!row) throw new Problem('approval.not-found')
      const now = clock.now()
      const isNew = row.state === 'approved' && millisecondsOf(row.expires_at) > now
      const isAgain =
        row.state === 'done' && now - millisecondsOf(row.done_at ?? row.expires_at) < againWithin
      const isMeant =
        row.kind === kind &&
        row.asked_by_id === caller.scope.actor.id &&
        row.digest === digestOf(kind, row.organisation_id, payload)
      if (!isMeant || !(isNew || isAgain)) throw new Problem('approval.not-usable')
      const done_at = row.done_at ?? clock.iso()
      await store.replace(tx, { ...row, state: 'done', done_at })
      await journal.append(tx, {
        type: 'approval.used',
        organisation_id: row.organisation_id,
        subject: row.id,
        tlp_rank: row.tlp_rank,
        actor: caller.scope.actor,
        authority: 'approval.ask',
        after: { kind, digest: row.digest },
      })
    })
  }
}

function guarded<K extends ApprovalKind>(act: Guarded<K>): Declared {
  return {
    ask: act.ask,
    approve: act.approve,
    prepare: (tx, caller, payload, countTo) =>
      act.prepare(tx, caller, read(act.kind, payload), countTo),
  }
}

/** A payload as the contract has it for the kind; what was stored by an older version is read anew. */
function read<K extends ApprovalKind>(kind: K, payload: unknown): PayloadOf<K> {
  return ApprovalAct.parse({ kind, payload }).payload as PayloadOf<K>
}
