import { Problem } from '@haidang/runtime/problem'

/** Refusal of a batch that leaves numbers out; the answer carries the watermark and the number expected. */
export class Hole extends Problem {
  readonly #stored: number

  constructor(stored: number) {
    super('link.hole', `number ${stored + 1} is expected next`)
    this.#stored = stored
  }

  override get extension() {
    return { stored: this.#stored, expected: this.#stored + 1 }
  }
}
