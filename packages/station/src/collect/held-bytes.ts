import { ProtocolError } from './protocol-error.ts'

/** Bounds what all connections of a listener hold in memory together. */
export class HeldBytes {
  readonly #most: number
  #held = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(most = 256 * 1_048_576) {
    this.#most = most
  }

  /**
   * A connection's own account: `set` says what it holds now and throws ProtocolError where all together hold
   * too much; `release` at its end.
   */
  account(): { set: (bytes: number) => void; release: () => void } {
    let own = 0
    const move = (bytes: number): void => {
      this.#held += bytes - own
      own = bytes
    }
    return {
      set: (bytes) => {
        if (bytes > own && this.#held + bytes - own > this.#most)
          throw new ProtocolError('all connections together hold too much; come back')
        move(bytes)
      },
      release: () => move(0),
    }
  }

  /**
   * Does what takes as much memory again as a connection holds, one connection after the other: when many end at
   * once, what they hold is put together and kept singly.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
