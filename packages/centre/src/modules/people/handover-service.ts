import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { KeyService } from './key-service.ts'
import type { PersonRow, PersonStore } from './person-store.ts'
import type { ServiceAccountRow, ServiceAccountStore } from './service-account-store.ts'

interface HandoverParts {
  readonly people: PersonStore
  readonly machines: ServiceAccountStore
  readonly keys: KeyService
  readonly journal: Journal
  readonly clock: Clock
}

/** No machine is left to somebody who may no longer come in: it is handed over, or ends with them. */
export class HandoverService {
  readonly #parts: HandoverParts

  constructor(parts: HandoverParts) {
    this.#parts = parts
  }

  /**
   * What somebody answered for, in the transaction that disables them: a successor takes it over; null disables
   * it, which revokes its keys. Throws Problem person.answers-for where neither is said, service-account.owner-unfit,
   * person.not-found.
   */
  async leave(
    tx: Tx,
    caller: Caller,
    person: PersonRow,
    successorId: string | null | undefined,
  ): Promise<void> {
    const { machines, keys } = this.#parts
    const owned = await machines.lockOwned(tx, person.id)
    if (owned.length === 0) return
    if (successorId === undefined) throw unanswered(owned)
    if (successorId === null) {
      for (const before of owned) {
        await this.#replace(tx, caller, before, { disabled: true })
        await keys.revokeOf(tx, caller, before.id)
      }
      return
    }
    const successor = await this.#parts.people.get(tx, successorId)
    if (!successor) throw new Problem('person.not-found', successorId)
    for (const before of owned) {
      requireFit(successor, before)
      await this.#replace(tx, caller, before, { owner_id: successorId })
    }
  }

  async #replace(
    tx: Tx,
    { scope: { actor } }: Caller,
    before: ServiceAccountRow,
    change: Partial<ServiceAccountRow>,
  ): Promise<void> {
    const { machines, journal, clock } = this.#parts
    const after = { ...before, ...change, updated_at: clock.iso() }
    await machines.replace(tx, after)
    await journal.append(tx, {
      type: 'service-account.changed',
      organisation_id: after.organisation_id,
      actor,
      authority: 'person.manage',
      reason: 'its owner was disabled',
      subject: after.id,
      related: [before.owner_id, after.owner_id],
      before,
      after,
    })
  }
}

/** Somebody can answer for a machine who is of its organisation and may come in. */
export function requireFit(
  owner: Pick<PersonRow, 'name' | 'disabled' | 'organisation_id'>,
  { organisation_id }: Pick<ServiceAccountRow, 'organisation_id'>,
): void {
  if (owner.disabled || owner.organisation_id !== organisation_id) {
    throw new Problem('service-account.owner-unfit', owner.name)
  }
}

function unanswered(owned: readonly ServiceAccountRow[]): Problem {
  const names = owned.map(({ name }) => name).join(', ')
  return new Problem('person.answers-for', names, [
    {
      field: 'successor_id',
      cause: `answers for ${names}`,
      remedy: 'name who answers from now on, or null to disable them too',
    },
  ])
}
