import type { CompiledRule } from '../sigma/rule-compiler.ts'
import { keywordSlot, type View } from '../sigma/view.ts'
import type { Witness } from '../sigma/witness.ts'
import { FieldProbe } from './field-probe.ts'
import { KeywordGate } from './keyword-gate.ts'
import { Trial } from './trial.ts'
import { guessedRate, type Rate, witnessesOf } from './witnesses.ts'

type Spoken = [witness: Witness, rule: number]

interface Probes {
  /** Rules without a witness. */
  readonly always: readonly number[]
  readonly fields: readonly { readonly slot: number; readonly probe: FieldProbe }[]
  readonly keywords: { readonly probe: FieldProbe; readonly gate: KeywordGate } | undefined
}

/**
 * The quickest way from a record to the rules that can fire on it: each field some rule has a witness
 * in is read once, and its value names the rules. Witnesses are guessed first; after a trial on real
 * records those that turned out to be common are chosen anew. What fires does not depend on the choice.
 */
export class RulePlan {
  readonly size: number
  readonly #rules: readonly CompiledRule[]
  readonly #members: readonly number[]
  readonly #settled: number | undefined
  #trial: Trial | undefined
  #probes: Probes

  /** `members` are positions in `rules`; the field `settled` is known to be as they want it. */
  constructor(rules: readonly CompiledRule[], members: readonly number[], settled?: number) {
    this.size = members.length
    this.#rules = rules
    this.#members = members
    this.#settled = settled
    this.#trial = new Trial(rules.length)
    this.#probes = this.#build(() => guessedRate)
  }

  /** Calls back with every rule that may fire, possibly more than once with the same. */
  candidates(view: View, found: (rule: number) => void): void {
    const trial = this.#trial
    if (trial === undefined) {
      this.#visit(view, found)
      return
    }
    trial.begin(view)
    this.#visit(view, (rule) => {
      trial.count(rule)
      found(rule)
    })
    if (!trial.isOver) return
    this.#trial = undefined
    this.#probes = this.#build((rule) => trial.rateFor(rule, view) ?? guessedRate)
  }

  #visit(view: View, found: (rule: number) => void): void {
    const { always, fields, keywords } = this.#probes
    for (const rule of always) found(rule)
    for (const { slot, probe } of fields) {
      const value = view.value(slot)
      if (value !== undefined && value !== null) probe.visit(value, found)
    }
    const text = view.reading?.text
    if (keywords === undefined || text === undefined) return
    if (!text.startsWith('{') || keywords.gate.passes(text)) {
      keywords.probe.visit(view.value(keywordSlot), found)
    }
  }

  #build(rateFor: (rule: number) => Rate): Probes {
    const always: number[] = []
    const bySlot = new Map<number, Spoken[]>()
    for (const member of this.#members) {
      const formula = this.#rules[member]?.formula
      const witnesses = formula && witnessesOf(formula, rateFor(member), this.#settled)
      if (witnesses === undefined) always.push(member)
      for (const witness of witnesses ?? []) {
        const spoken = bySlot.get(witness.slot) ?? []
        bySlot.set(witness.slot, spoken)
        spoken.push([witness, member])
      }
    }
    const keywords = bySlot.get(keywordSlot)
    bySlot.delete(keywordSlot)
    return {
      always,
      fields: [...bySlot].map(([slot, spoken]) => ({ slot, probe: new FieldProbe(spoken) })),
      keywords: keywords && {
        probe: new FieldProbe(keywords),
        gate: new KeywordGate(keywords.map(([{ literal }]) => literal)),
      },
    }
  }
}
