import type { Clock } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type Authorities, inDays } from '../keys/authorities.ts'
import type { JoinCodeStore } from './join-code-store.ts'
import type { NamedStation, StationStore } from './station-store.ts'

interface DeskParts {
  readonly authorities: Authorities
  readonly stations: StationStore
  readonly codes: JoinCodeStore
  readonly journal: Journal
  readonly clock: Clock
}

type Actor = Scope['actor']

/** How far stations have moved to the authority that signs now. */
export interface AuthorityProgress {
  readonly stations: number
  /** Accepted or asking, without a certificate of it; at most 200. */
  readonly behind: readonly NamedStation[]
}

/**
 * The node's certificate authority changes hands: as planned, with both trusted while stations move, or at once
 * because its key was lost. The entry and what it does to stations and codes stand in one transaction; the key
 * files change last in it.
 */
export class AuthorityDesk {
  readonly authorities: Authorities
  readonly #parts: DeskParts

  constructor(parts: DeskParts) {
    this.authorities = parts.authorities
    this.#parts = parts
  }

  async progress(tx: Tx): Promise<AuthorityProgress> {
    const { stations } = this.#parts
    const { fingerprint } = this.authorities.issuing
    const [all, behind] = await Promise.all([
      stations.underAuthority(tx),
      stations.notUnder(tx, fingerprint, 200),
    ])
    return { stations: all, behind }
  }

  /** A new authority signs from here on; the one before stays trusted for so many days. Throws Problem authority.moving. */
  async begin(tx: Tx, actor: Actor, { days, reason }: { days: number; reason: string }) {
    const due_at = inDays(this.#parts.clock, days)
    const before = this.authorities.shown.fingerprint
    await this.authorities.begin(due_at)
    const after = { authority: this.authorities.issuing.fingerprint, due_at }
    await this.#entry(tx, actor, 'authority.rotation-began', reason, { authority: before }, after)
  }

  /**
   * The authority before the current one ends. Throws Problem authority.not-moving, authority.stations-behind unless
   * those left behind are to join again.
   */
  async retire(
    tx: Tx,
    actor: Actor,
    { reason, leave_behind }: { reason: string; leave_behind: boolean },
  ): Promise<void> {
    const { authorities } = this
    if (!authorities.isMoving) throw new Problem('authority.not-moving')
    const { behind } = await this.progress(tx)
    if (behind.length > 0 && !leave_behind) {
      const names = behind.slice(0, 10).map(({ name }) => name)
      throw new Problem('authority.stations-behind', names.join(', '))
    }
    const before = authorities.shown.fingerprint
    const { stations, codes } = this.#parts
    const codes_ended = await codes.endUnused(tx, this.#parts.clock.iso())
    // Who has moved still trusts both: with the next certificate only the one that stays.
    await stations.askRenewal(tx)
    const left = behind.map(({ id }) => id)
    const after = { authority: authorities.issuing.fingerprint, left_behind: left, codes_ended }
    await this.#entry(tx, actor, 'authority.retired', reason, { authority: before }, after)
    await authorities.retire()
  }

  /** All certificates given out so far end at once, and unused codes; every station joins again. */
  async replace(tx: Tx, actor: Actor, reason: string): Promise<void> {
    const { stations, codes, clock } = this.#parts
    const before = this.authorities.issuing.fingerprint
    const codes_ended = await codes.endUnused(tx, clock.iso())
    const stations_ended = await stations.endCertificates(tx)
    await this.authorities.replace()
    const after = {
      authority: this.authorities.issuing.fingerprint,
      stations_ended,
      codes_ended,
    }
    await this.#entry(tx, actor, 'authority.replaced', reason, { authority: before }, after)
  }

  /** Ends the authority before once all stations have moved or its day has come. Returns whether it did. */
  async turn(tx: Tx): Promise<boolean> {
    const { isMoving, dueAt } = this.authorities
    if (!isMoving) return false
    const isDue = dueAt !== null && dueAt <= this.#parts.clock.iso()
    if (!isDue && (await this.progress(tx)).behind.length > 0) return false
    const reason = isDue ? 'its day has come' : 'all stations have moved'
    await this.retire(tx, systemScope.actor, { reason, leave_behind: true })
    return true
  }

  async #entry(
    tx: Tx,
    actor: Actor,
    type: EntryDraft['type'],
    reason: string,
    before: object,
    after: object,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: null,
      actor,
      reason,
      before,
      after,
      authority: 'station.manage',
      subject: 'authority',
    })
  }
}
