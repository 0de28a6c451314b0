import { isObject, type JsonObject } from '../parse/json.ts'

const longestText = 32_768

/**
 * A record as a normaliser reads it: every field taken is remembered, so that `rest` is what no attribute
 * stands for. `-` and the empty text mean "nothing" in all the formats read here.
 */
export class Fields {
  readonly #record: JsonObject
  readonly #taken = new Set<string>()
  readonly #inner = new Map<string, Fields>()

  constructor(record: JsonObject) {
    this.#record = record
  }

  /** Text of a field; numbers are written out, text is cut to 32 kB. */
  text(name: string): string | undefined {
    const value = this.#record[name]
    if (typeof value === 'string') {
      this.#taken.add(name)
      return value === '' || value === '-' ? undefined : value.slice(0, longestText)
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
    this.#taken.add(name)
    return String(value)
  }

  /** The first of several fields that has text; all of them count as taken. */
  first(...names: string[]): string | undefined {
    let found: string | undefined
    for (const name of names) found ??= this.text(name)
    return found
  }

  /** A finite number, also written as text in decimal or as 0x hexadecimal. */
  number(name: string): number | undefined {
    const text = this.text(name)
    if (
      text === undefined ||
      !/^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|0x[0-9a-fA-F]{1,13})$/.test(text)
    ) {
      return undefined
    }
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }

  /** A number that is a port or HTTP status: an integer from 0 to 65535. */
  word16(name: string): number | undefined {
    const value = this.number(name)
    return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 65_535
      ? value
      : undefined
  }

  boolean(name: string): boolean | undefined {
    const value = this.#record[name]
    if (typeof value !== 'boolean') return undefined
    this.#taken.add(name)
    return value
  }

  /** Texts of a list; a single text is a list of one. At most 256. */
  texts(name: string): string[] {
    const value = this.#record[name]
    if (value === undefined || value === null) return []
    this.#taken.add(name)
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return list
      .filter((item) => typeof item === 'string' && item !== '')
      .slice(0, 256)
      .map((item) => String(item).slice(0, longestText))
  }

  /** Objects of a list; a single object is a list of one. They stay in `rest`. At most 256. */
  objects(name: string): Fields[] {
    const value = this.#record[name]
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return list
      .filter(isObject)
      .slice(0, 256)
      .map((item) => new Fields(item))
  }

  /** A nested object; what is not taken from it stays in `rest`. Absent: an empty one. */
  inner(name: string): Fields {
    const known = this.#inner.get(name)
    if (known) return known
    const value = this.#record[name]
    const inner = new Fields(isObject(value) ? value : {})
    if (isObject(value)) this.#inner.set(name, inner)
    return inner
  }

  has(name: string): boolean {
    return this.#record[name] !== undefined && this.#record[name] !== null
  }

  /** Counts a field as taken without reading it. */
  skip(...names: string[]): void {
    for (const name of names) this.#taken.add(name)
  }

  /** Everything not taken. Own properties only, whatever their name. */
  rest(): JsonObject {
    const left: [string, unknown][] = []
    for (const [name, value] of Object.entries(this.#record)) {
      if (this.#taken.has(name) || value === null || value === '') continue
      const inner = this.#inner.get(name)?.rest()
      if (!inner) left.push([name, value])
      else if (Object.keys(inner).length > 0) left.push([name, inner])
    }
    return Object.fromEntries(left)
  }
}
