import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { TellingStore } from './telling-store.ts'

/** What is told to all addressees of an order or an advisory: an entry of the journal. */
export interface Occasion {
  readonly entry_id: string
  readonly type: string
  readonly subject_id: string
  readonly actor_id: string
  readonly reason: string
}

/** Tells some addressees, from behind one; answers the last it told, undefined where nobody is left. */
export type TellSome = (tx: Tx, occasion: Occasion, from: string) => Promise<string | undefined>

/**
 * Tells something to many, some in each transaction: how far it came is committed with what was told, so that
 * after a kill nobody is left out and nobody is told twice.
 */
export class TellingService {
  readonly #store: TellingStore
  readonly #clock: Clock

  constructor(store: TellingStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Tells the first ones at once; `turn` goes on. What was still being told of the same thing before is overtaken. */
  async begin(tx: Tx, occasion: Occasion, tell: TellSome): Promise<void> {
    await this.#store.removeOthers(tx, occasion.subject_id, occasion.entry_id)
    const told_up_to = await tell(tx, occasion, '')
    if (told_up_to === undefined) return
    await this.#store.add(tx, { ...occasion, told_up_to, begun_at: this.#clock.iso() })
  }

  /** Tells the next ones of the oldest round. False: nothing is left to tell. */
  async turn(tx: Tx, tell: TellSome): Promise<boolean> {
    const round = await this.#store.next(tx)
    if (!round) return false
    const last = await tell(tx, round, round.told_up_to)
    if (last === undefined) await this.#store.remove(tx, round.entry_id)
    else await this.#store.advance(tx, round.entry_id, last)
    return true
  }
}
