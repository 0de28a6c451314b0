import { isObject, type JsonObject } from '../parse/json.ts'

const longestText = 32_768
const nothing: ReadonlySet<string> = new Set()

/**
 * A record as a normaliser reads it: every field taken is remembered, so that `rest` is what no attribute
 * stands for. `-` and the empty text mean "nothing" in all the formats read here.
 */
export class Fields {
  readonly #record: JsonObject
  readonly #aside: ReadonlySet<string>
  readonly #taken = new Set<string>()
  #inner: Map<string, Fields> | undefined

  /** `aside`: fields that count as taken from the beginning. */
  constructor(record: JsonObject, aside: ReadonlySet<string> = nothing) {
    this.#record = record
    this.#aside = aside
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
    const known = this.#inner?.get(name)
    if (known) return known
    const value = this.#record[name]
    if (!isObject(value)) return new Fields({})
    const inner = new Fields(value)
    this.#inner ??= new Map()
    this.#inner.set(name, inner)
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
    const left: JsonObject = {}
    for (const name of Object.keys(this.#record)) {
      if (this.#taken.has(name) || this.#aside.has(name)) continue
      const value = this.#record[name]
      if (value === null || value === '') continue
      const inner = this.#inner?.get(name)?.rest()
      if (!inner) setOwn(left, name, value)
      else if (Object.keys(inner).length > 0) setOwn(left, name, inner)
    }
    return left
  }
}

/** Sets a property of the object itself, whatever its name. */
function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value
  else
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}
