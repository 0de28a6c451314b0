import type { FieldValue } from '../sigma/fields.ts'
import type { Reading } from '../sigma/reading.ts'
import { keywordSlot, type View } from '../sigma/view.ts'
import type { Witness } from '../sigma/witness.ts'
import { guessedRate, type Rate } from './witnesses.ts'

const length = 2_048
const sampleEvery = 16
/** Rules named by more than one record in so many get their witnesses chosen anew. */
const tolerable = 1 / 256

/** Counts, on the first records a plan meets, which rules are named too often, and keeps a sample to do better. */
export class Trial {
  readonly #named: Uint32Array
  readonly #lastRecord: Uint32Array
  readonly #sample: Reading[] = []
  #texts: readonly string[] | undefined
  readonly #rates = new Map<string, number>()
  #records = 0

  constructor(rules: number) {
    this.#named = new Uint32Array(rules)
    this.#lastRecord = new Uint32Array(rules)
  }

  get isOver(): boolean {
    return this.#records >= length
  }

  begin({ reading }: View): void {
    if (reading !== undefined && this.#records % sampleEvery === 0) this.#sample.push(reading)
    this.#records += 1
  }

  count(rule: number): void {
    if (this.#lastRecord[rule] === this.#records) return
    this.#lastRecord[rule] = this.#records
    this.#named[rule] = (this.#named[rule] ?? 0) + 1
  }

  /** Measured rates for a rule that was named too often; the view is used and left on the record it showed. */
  rateFor(rule: number, view: View): Rate | undefined {
    if ((this.#named[rule] ?? 0) <= this.#records * tolerable) return undefined
    return (witness) => this.#measured(witness, view)
  }

  #measured(witness: Witness, view: View): number {
    const { slot, literal, position } = witness
    if (slot === keywordSlot) return this.#measuredInTexts(witness)
    const key = `${slot} ${position} ${literal}`
    const known = this.#rates.get(key)
    if (known !== undefined) return known
    const shown = view.reading
    let met = 0
    for (const reading of this.#sample) {
      view.show(reading)
      if (meets(view.lower(slot), witness)) met += 1
    }
    if (shown !== undefined) view.show(shown)
    const rate = this.#rateOf(met, witness)
    this.#rates.set(key, rate)
    return rate
  }

  /** Of a keyword: by the lines as they came, which is near enough for a choice. */
  #measuredInTexts(witness: Witness): number {
    this.#texts ??= this.#sample.map(({ text }) => text.toLowerCase())
    return this.#rateOf(
      this.#texts.filter((text) => text.includes(witness.literal)).length,
      witness,
    )
  }

  #rateOf(met: number, witness: Witness): number {
    return met / this.#sample.length + guessedRate(witness) / length
  }
}

function meets(value: FieldValue, witness: Witness): boolean {
  if (typeof value === 'string') return stands(value, witness)
  return value?.some((each) => stands(each, witness)) ?? false
}

function stands(text: string, { literal, position }: Witness): boolean {
  switch (position) {
    case 'whole':
      return text === literal
    case 'contains':
      return text.includes(literal)
    case 'startswith':
      return text.startsWith(literal)
    case 'endswith':
      return text.endsWith(literal)
  }
}
