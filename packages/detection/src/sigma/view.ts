import type { Family } from './field-mapping.ts'
import { type FieldValue, fieldReader, readLeaves } from './fields.ts'
import type { Reading } from './reading.ts'

/** The slot of all texts of the record together: where keywords look. */
export const keywordSlot = 0

/** A field as rules name it, and whose name it is. */
export type NamedField = readonly [field: string, family: Family]

/** Gives every field that rules name a number, so that an event's values are read once and kept in arrays. */
export class Slots {
  readonly #byName = new Map<string, number>()
  readonly #fields: NamedField[] = []
  readonly readers: ((reading: Reading) => FieldValue)[] = [readLeaves]

  /** With the fields of other slots, under the same numbers. */
  constructor(fields: readonly NamedField[] = []) {
    for (const [field, family] of fields) this.slotOf(field, family)
  }

  /** All fields in the order of their numbers; the first has the one after `keywordSlot`. */
  get fields(): readonly NamedField[] {
    return this.#fields
  }

  slotOf(field: string, family: Family): number {
    const name = `${family} ${field}`
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    this.readers.push(fieldReader(field, family))
    this.#fields.push([field, family])
    this.#byName.set(name, this.readers.length - 1)
    return this.readers.length - 1
  }
}

/** One record as rules see it. Values and their lower case are read on first use; the view itself is reused. */
export class View {
  readonly #slots: Slots
  readonly #values: FieldValue[]
  readonly #lowers: FieldValue[]
  readonly #valueAt: Uint32Array
  readonly #lowerAt: Uint32Array
  #generation = 0
  #reading: Reading | undefined

  constructor(slots: Slots) {
    const count = slots.readers.length
    this.#slots = slots
    this.#values = new Array<FieldValue>(count).fill(undefined)
    this.#lowers = new Array<FieldValue>(count).fill(undefined)
    this.#valueAt = new Uint32Array(count)
    this.#lowerAt = new Uint32Array(count)
  }

  show(reading: Reading): void {
    this.#reading = reading
    this.#generation += 1
    if (this.#generation < 0xffff_ffff) return
    this.#generation = 1
    this.#valueAt.fill(0)
    this.#lowerAt.fill(0)
  }

  /** What is shown; undefined before the first `show`. */
  get reading(): Reading | undefined {
    return this.#reading
  }

  value(slot: number): FieldValue {
    if (this.#valueAt[slot] === this.#generation) return this.#values[slot]
    const reading = this.#reading
    const value = reading === undefined ? undefined : this.#slots.readers[slot]?.(reading)
    this.#values[slot] = value
    this.#valueAt[slot] = this.#generation
    return value
  }

  /** The value in lower case, of the same shape. */
  lower(slot: number): FieldValue {
    if (this.#lowerAt[slot] === this.#generation) return this.#lowers[slot]
    const value = this.value(slot)
    let lower: FieldValue = value
    if (typeof value === 'string') lower = value.toLowerCase()
    else if (value) lower = value.map((each) => each.toLowerCase())
    this.#lowers[slot] = lower
    this.#lowerAt[slot] = this.#generation
    return lower
  }
}
