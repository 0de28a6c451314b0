import type { Clock } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ChildSide } from '../child/child-side.ts'
import type { Post } from '../envelopes/post.ts'
import type { Signer } from '../envelopes/signer.ts'
import type { OrganisationKey } from '../keys/organisation-key.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import type { StationStore } from './station-store.ts'

interface DeskParts {
  readonly database: Database
  readonly keys: SigningKeys
  readonly signer: Signer
  readonly post: Post
  readonly child: ChildSide
  readonly stations: StationStore
  readonly journal: Journal
  readonly clock: Clock
  readonly simulated: boolean
  home(tx: Tx): Promise<{ readonly id: string } | undefined>
}

type Actor = Scope['actor']
type EntryType = 'signing-key.rotated' | 'signing-key.replaced'

/** The organisation's signing key changes: as planned, the new one announced under the old, or because it was lost. */
export class SigningDesk {
  readonly keys: SigningKeys
  readonly #parts: DeskParts

  constructor(parts: DeskParts) {
    this.keys = parts.keys
    this.#parts = parts
  }

  /**
   * A new key signs from here on. Nodes above and below are told in an envelope signed with the old one, whose public
   * part stays valid for what it signed. Throws Problem organisation.not-found before set-up.
   */
  rotate(actor: Actor, reason: string): Promise<void> {
    return this.#follow(actor, 'signing-key.rotated', reason, async (tx, next) => {
      const { from, until } = await this.keys.rotated(tx, next)
      const { kid, x } = next
      await this.#announce(tx, { kid, x, valid_from: from, previous_until: until })
    })
  }

  /**
   * A new key takes the place of one in other hands, or gone. Nodes below learn of it when they renew, which they are
   * asked to; to the parent the node must join again, so that an officer there compares the key. What the old one
   * signed from `lostAt` on is not believed. Throws Problem request.invalid for a time to come.
   */
  async replace(actor: Actor, reason: string, lostAt: string): Promise<void> {
    const { clock, stations, child } = this.#parts
    if (lostAt > clock.iso()) {
      throw new Problem('request.invalid', 'the time of the loss lies in the future', [
        { field: 'lost_at', cause: 'in the future', remedy: 'give a time that has passed' },
      ])
    }
    await this.#follow(actor, 'signing-key.replaced', reason, async (tx, next) => {
      await this.keys.lost(tx, next, lostAt)
      await stations.askRenewal(tx)
      await child.suspend(tx, 'the signing key of this node was replaced: join again')
    })
    child.leave()
  }

  /** Recorded and told in one transaction; the file follows it, and a node that stops between finishes at its start. */
  async #follow(
    actor: Actor,
    type: EntryType,
    reason: string,
    act: (tx: Tx, next: OrganisationKey) => Promise<void>,
  ): Promise<void> {
    const { database, journal, signer } = this.#parts
    const before = { kid: this.keys.current.kid }
    const next = await this.keys.make()
    await database.transact({ ...systemScope, actor }, async (tx) => {
      await act(tx, next)
      await journal.append(tx, {
        type,
        organisation_id: null,
        actor,
        reason,
        subject: 'signing-key',
        authority: 'station.manage',
        before,
        after: { kid: next.kid },
      })
    })
    await this.keys.change(next)
    signer.use(next)
  }

  async #announce(tx: Tx, data: object): Promise<void> {
    const { post, stations, child, home, simulated } = this.#parts
    const own = await home(tx)
    if (!own) throw new Problem('organisation.not-found', 'this node is not set up')
    const type = 'key.announced'
    const draft = { type, subject: 'signing-key', tlp: 'green', exercise: simulated, data } as const
    for (const { node_id, organisation_id } of await stations.accepted(tx)) {
      await post.toStation(tx, node_id, { ...draft, from: own.id, to: organisation_id })
    }
    const tie = await child.parent(tx)
    if (!tie) return
    const { own_organisation_id: from, organisation_id: to } = tie
    await post.toParent(tx, { ...draft, from, to })
  }
}
