import type { Authority, SigningKey } from '@haidang/contracts/authority'
import type { ParentSide } from '@haidang/link/parent/parent-side'
import type { SigningDesk } from '@haidang/link/parent/signing-desk'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'

interface AuthorityParts {
  readonly database: Database
  readonly clock: Clock
  readonly parent: ParentSide
  readonly signing: SigningDesk
}

/** The keys by which this node is known: its certificate authority and its organisation's signing key. */
export class AuthorityService {
  readonly #parts: AuthorityParts

  constructor(parts: AuthorityParts) {
    this.#parts = parts
  }

  /** Throws Problem permission.missing for whoever sees less than the whole node; so does all that follows. */
  get(caller: Caller): Promise<Authority> {
    requireNode(caller)
    return this.#parts.database.transact(systemScope, (tx) => this.#read(tx))
  }

  /** Throws Problem authority.moving. */
  rotate(caller: Caller, days: number, reason: string): Promise<Authority> {
    const { authority } = this.#parts.parent
    return this.#act(caller, (tx, actor) => authority.begin(tx, actor, { days, reason }))
  }

  /** Throws Problem authority.not-moving, authority.stations-behind. */
  retire(
    caller: Caller,
    given: { readonly reason: string; readonly leave_behind: boolean },
  ): Promise<Authority> {
    const { authority } = this.#parts.parent
    return this.#act(caller, (tx, actor) => authority.retire(tx, actor, given))
  }

  /** Every certificate given out ends at once. */
  replace(caller: Caller, reason: string): Promise<Authority> {
    const { authority } = this.#parts.parent
    return this.#act(caller, (tx, actor) => authority.replace(tx, actor, reason))
  }

  /** Newest first. */
  signingKeys(caller: Caller): Promise<SigningKey[]> {
    requireNode(caller)
    return this.#signingKeys()
  }

  /** Throws Problem organisation.not-found before set-up. */
  async rotateSigningKey(caller: Caller, reason: string): Promise<SigningKey[]> {
    requireNode(caller)
    await this.#parts.signing.rotate(caller.scope.actor, reason)
    return this.#signingKeys()
  }

  /** Throws Problem request.invalid for a time to come. */
  async replaceSigningKey(
    caller: Caller,
    reason: string,
    lostAt: string | undefined,
  ): Promise<SigningKey[]> {
    requireNode(caller)
    const { signing, clock } = this.#parts
    await signing.replace(caller.scope.actor, reason, lostAt ?? clock.iso())
    return this.#signingKeys()
  }

  /** Ends an authority that another follows, once all have moved or its day has come. */
  async turn(): Promise<void> {
    const { database, parent } = this.#parts
    const ended = await database.transact(systemScope, (tx) => parent.authority.turn(tx))
    if (ended) await parent.applyAuthority()
  }

  /** What was decided counts for the listener as soon as it stands. */
  async #act(
    caller: Caller,
    act: (tx: Tx, actor: Scope['actor']) => Promise<void>,
  ): Promise<Authority> {
    requireNode(caller)
    const { database, parent } = this.#parts
    const { actor } = caller.scope
    await database.transact({ ...systemScope, actor }, (tx) => act(tx, actor))
    await parent.applyAuthority()
    return database.transact(systemScope, (tx) => this.#read(tx))
  }

  async #read(tx: Tx): Promise<Authority> {
    const { authority } = this.#parts.parent
    const { shown, issuing, isMoving, beganAt, dueAt, former } = authority.authorities
    const { stations, behind } = await authority.progress(tx)
    return {
      fingerprint: shown.fingerprint,
      valid_from: shown.validity.from,
      valid_to: shown.validity.to,
      next: isMoving
        ? { fingerprint: issuing.fingerprint, began_at: beganAt ?? '', due_at: dueAt ?? '' }
        : null,
      stations,
      behind: [...behind],
      former: former.toReversed(),
    }
  }

  #signingKeys(): Promise<SigningKey[]> {
    const { database, signing } = this.#parts
    return database.transact(systemScope, async (tx) => (await signing.keys.all(tx)).toReversed())
  }
}

function requireNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'the keys of the node are for a role of scope node')
}
