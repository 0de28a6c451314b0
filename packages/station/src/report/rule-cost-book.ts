import { type Heartbeat, longestRuleId } from '@haidang/contracts/station'
import type { RuleCost, RuleCosts } from '@haidang/detection/match/rule-meter'

/** Timed records after which what was measured before counts half: what a rule took last month fades. */
const halfLife = 100_000
const reported = 200

/** Sums up what rules took on the records of the line that were timed, the last of them weighing most. */
export class RuleCostBook {
  readonly #rules = new Map<string, RuleCost>()
  readonly #halfLife: number
  #records = 0
  #us = 0

  constructor(halfAfter = halfLife) {
    this.#halfLife = halfAfter
  }

  add({ records, us, rules }: RuleCosts): void {
    this.#records += records
    this.#us += us
    for (const { id, tried, us: spent } of rules) {
      if (id.length > longestRuleId) continue
      const known = this.#rules.get(id)
      this.#rules.set(id, { id, tried: tried + (known?.tried ?? 0), us: spent + (known?.us ?? 0) })
    }
    if (this.#records >= this.#halfLife) this.#halve()
  }

  /** For the heartbeat: the 200 rules that took most; undefined before a record was timed. */
  get report(): Heartbeat['rule_costs'] {
    if (this.#records === 0) return undefined
    const rules = [...this.#rules.values()].sort((a, b) => b.us - a.us).slice(0, reported)
    return {
      records: this.#records,
      us: Math.round(this.#us),
      rules: rules.map((rule) => ({ ...rule, us: Math.round(rule.us * 10) / 10 })),
    }
  }

  #halve(): void {
    this.#records = Math.round(this.#records / 2)
    this.#us /= 2
    for (const [id, { tried, us }] of this.#rules) {
      if (tried < 2) this.#rules.delete(id)
      else this.#rules.set(id, { id, tried: Math.round(tried / 2), us: us / 2 })
    }
  }
}
