const leastPause = 100

/** One line on a terminal that is written over and over; nothing where there is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  #shownAt = Number.NEGATIVE_INFINITY

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  /** Shows a text, at most ten times a second. */
  show(text: string): void {
    const now = performance.now()
    if (!this.#stream.isTTY || now - this.#shownAt < leastPause) return
    this.#shownAt = now
    this.#stream.write(`\r${text.slice(0, this.#stream.columns - 1)}\u001b[K`)
  }

  clear(): void {
    if (this.#stream.isTTY && Number.isFinite(this.#shownAt)) this.#stream.write('\r\u001b[K')
  }
}
