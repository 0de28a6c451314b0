import { type Place, RuleProblem } from './located-yaml.ts'

/** Finds rules by the id or name others refer to them with. */
export class References<T> {
  readonly #byWord = new Map<string, T | 'several' | 'unusable'>()

  /** Makes a rule known by its words; empty ones are left out. */
  add(words: readonly string[], rule: T): void {
    for (const word of new Set(words)) {
      if (word === '') continue
      const known = this.#byWord.get(word)
      this.#byWord.set(word, known === undefined || known === 'unusable' ? rule : 'several')
    }
  }

  /** Makes known that a rule of these words exists but cannot be used. */
  addUnusable(words: readonly string[]): void {
    for (const word of words) {
      if (word !== '' && !this.#byWord.has(word)) this.#byWord.set(word, 'unusable')
    }
  }

  /** Whether a word refers to a rule that can be used, and to only one. */
  has(word: string): boolean {
    const found = this.#byWord.get(word)
    return found !== undefined && found !== 'several' && found !== 'unusable'
  }

  /** The rule a word refers to. Throws RuleProblem if there is none, or more than one. */
  find(word: string, place: Place): T {
    const found = this.#byWord.get(word)
    if (found === undefined) throw new RuleProblem(`unknown rule reference "${word}"`, place)
    if (found === 'unusable') {
      throw new RuleProblem(`the rule "${word}" referred to cannot be used itself`, place)
    }
    if (found === 'several') {
      throw new RuleProblem(`the rule reference "${word}" fits more than one rule`, place)
    }
    return found as T
  }
}
