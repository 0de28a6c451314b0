/** Lets so many in at a time; who came first is first. */
export class Turns {
  #free: number
  readonly #waiting = new Set<(isIn: boolean) => void>()

  /** @param places how many are in at a time */
  constructor(places: number) {
    this.#free = places
  }

  /** Whether a place was free within so many milliseconds: it is given back by `giveBack`. */
  async take(patience: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--
      return true
    }
    return await new Promise((resolve) => {
      const answer = (isIn: boolean) => {
        clearTimeout(timer)
        this.#waiting.delete(answer)
        resolve(isIn)
      }
      const timer = setTimeout(() => answer(false), patience)
      this.#waiting.add(answer)
    })
  }

  giveBack(): void {
    const [next] = this.#waiting
    if (next) next(true)
    else this.#free++
  }
}
