import { sha256 } from '../sha256.ts'
import { RuleProblem } from '../sigma/located-yaml.ts'
import type { References } from '../sigma/references.ts'
import type { CorrelationPlan } from './correlation-plan.ts'
import type { CorrelationText } from './correlation-text.ts'
import { basesOf } from './feed-compiler.ts'
import type { Base, Draft, Resolved, Target } from './resolved-correlation.ts'

const deepest = 8
const mostUnderWay = 200

/**
 * Joins correlation rules with the rules they refer to, one after the other: `add` refuses a rule that
 * cannot be joined and leaves the others as they are.
 */
export class PlanCompiler {
  readonly #references: References<Target>
  readonly #resolved = new Map<Draft, Resolved | RuleProblem>()
  readonly #underWay = new Set<Draft>()

  constructor(references: References<Target>) {
    this.#references = references
  }

  /** Joins one correlation. Throws RuleProblem for unknown references, circles, and chains too long. */
  add(draft: Draft): null {
    this.#resolve(draft)
    return null
  }

  /** Leaves out a correlation that cannot be used for other reasons, and what refers to it. */
  refuse(draft: Draft): void {
    this.#resolved.set(draft, new RuleProblem('it is refused', { line: 1, column: 1 }))
  }

  /** The plan of all correlations joined so far, and which detection rules only serve them. */
  finish(): { readonly plan: CorrelationPlan; readonly silent: ReadonlySet<number> } {
    const joined = [...this.#resolved.values()].filter((each) => 'draft' in each)
    const generating = generationOf(joined)
    const correlations = joined.map(({ draft, identity }) => ({
      ...measurementOf(draft),
      identity,
      facts: draft.facts,
      severity: draft.severity,
      reports: generating.get(draft) ?? true,
      groupBy: draft.text.groupBy,
      condition: draft.text.condition,
    }))
    const silent = new Set<number>()
    for (const [target, generates] of generating) {
      if (target.kind === 'rule' && !generates) silent.add(target.rule)
    }
    return { plan: { correlations, bases: basesOf(joined) }, silent }
  }

  #resolve(draft: Draft): Resolved {
    const known = this.#resolved.get(draft)
    if (known instanceof RuleProblem) throw known
    if (known !== undefined) return known
    this.#underWay.add(draft)
    try {
      const resolved = this.#join(draft)
      this.#resolved.set(draft, resolved)
      return resolved
    } catch (problem) {
      if (problem instanceof RuleProblem) this.#resolved.set(draft, problem)
      throw problem
    } finally {
      this.#underWay.delete(draft)
    }
  }

  #join(draft: Draft): Resolved {
    const { text, digest } = draft
    const bases = new Set<Base>()
    if (this.#underWay.size > mostUnderWay) throw tooLong(text)
    const identities = [digest]
    let depth = 1
    const members = text.rules.map((word) => {
      const member = this.#references.find(word.text, word.place)
      if (member.kind === 'rule') {
        bases.add(member)
        identities.push(member.identity)
        return member
      }
      if (this.#underWay.has(member)) {
        throw new RuleProblem(`"${word.text}" refers back to this correlation`, word.place)
      }
      const inner = this.#inner(member, word)
      for (const base of inner.bases) bases.add(base)
      identities.push(inner.identity)
      depth = Math.max(depth, inner.depth + 1)
      return member
    })
    if (depth > deepest) throw tooLong(text)
    const aliases = this.#aliasesOf(text, members)
    return { draft, members, aliases, identity: sha256(identities.join('\n')), depth, bases }
  }

  #inner(member: Draft, word: CorrelationText['rules'][number]): Resolved {
    try {
      return this.#resolve(member)
    } catch (problem) {
      if (!(problem instanceof RuleProblem)) throw problem
      throw new RuleProblem(`"${word.text}" cannot be used itself: ${problem.message}`, word.place)
    }
  }

  /** By member: which field each alias means. */
  #aliasesOf(text: CorrelationText, members: readonly Target[]): Map<string, string>[] {
    const byMember = members.map(() => new Map<string, string>())
    for (const [alias, meant] of text.aliases) {
      for (const { rule, field } of meant) {
        const member = members.indexOf(this.#references.find(rule.text, rule.place))
        if (member < 0) {
          throw new RuleProblem(`"${rule.text}" is none of the rules referred to`, rule.place)
        }
        byMember[member]?.set(alias, field)
      }
    }
    return byMember
  }
}

function tooLong({ rules }: CorrelationText): RuleProblem {
  const place = rules[0]?.place ?? { line: 1, column: 1 }
  return new RuleProblem(`a chain of more than ${deepest} correlations`, place)
}

function measurementOf({ text }: Draft) {
  const { type, timespan, percentile, requirement, rules } = text
  return { type, timespan, percentile, requirement, members: rules.length }
}

/**
 * What is referred to, and whether it still stands for itself: where a correlation generates; else
 * detection rules do not, and correlations do unless it says it does not generate.
 */
function generationOf(joined: readonly Resolved[]): Map<Target, boolean> {
  const generating = new Map<Target, boolean>()
  for (const { draft, members } of joined) {
    for (const member of members) {
      const wanted = draft.text.generate ?? (member.kind === 'rule' ? false : undefined)
      if (wanted !== undefined) {
        generating.set(member, wanted || generating.get(member) === true)
      }
    }
  }
  return generating
}
