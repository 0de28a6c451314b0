import {
  type FiledApplication,
  type Membership,
  type MembershipAct,
  type MembershipAgreement,
  membershipActs,
  membershipMoves,
  membershipRights,
} from '@haidang/contracts/membership'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { MembershipStore } from './membership-store.ts'

interface MembershipParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: MembershipStore
  readonly organisations: OrganisationService
}

interface Move {
  readonly act: MembershipAct
  readonly reason: string
  readonly application?: FiledApplication | undefined
  readonly agreement?: MembershipAgreement | undefined
  /** The permission on whose strength it is done. */
  readonly authority: 'membership.manage' | 'organisation.propose'
}

/** Who is a member of the network, from the application to the departure. */
export class MembershipService {
  readonly #parts: MembershipParts

  constructor(parts: MembershipParts) {
    this.#parts = parts
  }

  /** Throws Problem organisation.not-found. */
  get(caller: Caller, organisationId: string): Promise<Membership> {
    return this.#parts.database.transact(caller.scope, (tx) => this.#read(tx, organisationId))
  }

  /**
   * Moves a membership by one act. Throws Problem organisation.not-found, membership.illegal-act,
   * request.invalid (signed without an agreement).
   */
  move(caller: Caller, organisationId: string, move: Move): Promise<Membership> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      await this.moveIn(tx, caller, organisationId, move)
      return this.#read(tx, organisationId)
    })
  }

  /** `move` inside the transaction of a larger act. */
  async moveIn(tx: Tx, caller: Caller, organisationId: string, move: Move): Promise<void> {
    const { store, organisations, journal, clock, newId } = this.#parts
    const { act, reason, application = null, agreement = null, authority } = move
    if (act === 'sign' && !agreement) {
      throw new Problem('request.invalid', 'an agreement is signed', [
        { field: 'agreement', cause: 'missing', remedy: 'its number and date' },
      ])
    }
    const { membership } = await organisations.lock(tx, organisationId)
    const { from, to } = membershipMoves[act]
    if (!from.includes(membership)) {
      const possible = membershipActs(membership).join(', ')
      throw new Problem('membership.illegal-act', `${membership}: ${possible} are possible`)
    }
    const { actor } = caller.scope
    const step = {
      id: newId('membershipStep'),
      organisation_id: organisationId,
      act,
      state: to,
      reason,
      application,
      agreement,
      at: clock.iso(),
      actor_id: actor.id,
      actor_name: actor.name,
    }
    await store.add(tx, step)
    await organisations.setMembership(tx, organisationId, to)
    await journal.append(tx, {
      type: 'membership.moved',
      organisation_id: organisationId,
      actor,
      authority,
      reason,
      subject: organisationId,
      before: { state: membership },
      after: step,
    })
  }

  async #read(tx: Tx, organisationId: string): Promise<Membership> {
    const { store, organisations } = this.#parts
    const { membership: state } = await organisations.require(tx, organisationId)
    return {
      organisation_id: organisationId,
      state,
      rights: [...membershipRights[state]],
      acts: membershipActs(state),
      steps: await store.list(tx, organisationId),
    }
  }
}
