/** Values of one query: each gets a placeholder of its own, none is ever part of the text. */
export class Bindings {
  readonly values: Record<string, unknown> = {}
  #count = 0

  /** Keeps a value of a ClickHouse type; answers its placeholder. */
  bind(value: unknown, type: string): string {
    const name = `p${this.#count++}`
    this.values[name] = value
    return `{${name}:${type}}`
  }

  /** An instant of milliseconds since the epoch, as the event table keeps times. */
  instant(milliseconds: number): string {
    return `fromUnixTimestamp64Milli(${this.bind(milliseconds, 'Int64')}, 'UTC')`
  }
}
