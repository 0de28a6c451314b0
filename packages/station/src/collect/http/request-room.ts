import { Problem } from '@haidang/runtime/problem'

const mebibyte = 1_048_576

/** Bounds what all requests in hand hold in memory together, whatever their protocol. */
export class RequestRoom {
  readonly #requests: number
  readonly #bytes: number
  #heldRequests = 0
  #heldBytes = 0

  constructor({ requests = 128, bytes = 256 * mebibyte } = {}) {
    this.#requests = requests
    this.#bytes = bytes
  }

  /** Whether one more request would be refused. */
  get isFull(): boolean {
    return this.#heldRequests >= this.#requests || this.#heldBytes >= this.#bytes
  }

  /**
   * Runs `work`; what it spends is given back when it ends. Throws Problem ingest.overloaded at once if
   * there is no room for one more request, and out of `spend` if there is none for its bytes.
   */
  async hold<T>(work: (spend: (bytes: number) => void) => Promise<T>): Promise<T> {
    if (this.#heldRequests >= this.#requests) throw new Problem('ingest.overloaded')
    let spent = 0
    this.#heldRequests++
    try {
      return await work((bytes) => {
        if (this.#heldBytes + bytes > this.#bytes) throw new Problem('ingest.overloaded')
        this.#heldBytes += bytes
        spent += bytes
      })
    } finally {
      this.#heldRequests--
      this.#heldBytes -= spent
    }
  }
}
