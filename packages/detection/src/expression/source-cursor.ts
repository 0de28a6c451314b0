/** Reads the source of an expression from left to right. */
export class SourceCursor {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get done(): boolean {
    return this.#at >= this.#source.length
  }

  /** The next unit without taking it; empty at the end. */
  peek(): string {
    return this.#source.charAt(this.#at)
  }

  /** Takes one character; two units where it lies beyond U+FFFF. */
  character(): string {
    const code = this.#source.codePointAt(this.#at)
    if (code === undefined) throw this.problem('ends too early')
    const character = String.fromCodePoint(code)
    this.#at += character.length
    return character
  }

  /** Takes the text if it comes next. */
  take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  /** Takes what a sticky expression matches here. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#source)
    if (found === null) return undefined
    this.#at += found[0].length
    return found
  }

  /** An error that says where it was noticed. */
  problem(cause: string): Error {
    return new Error(`${cause} (at character ${this.#at + 1})`)
  }
}
