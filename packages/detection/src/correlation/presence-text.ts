import { type Condition, parseCondition } from '../sigma/condition.ts'
import { type LocatedScalar, RuleProblem } from '../sigma/located-yaml.ts'
import type { Word } from './correlation-parts.ts'
import type { Presence } from './correlation-plan.ts'

/** The rules an extended condition names, in the order in which it does. */
export function namesIn({ text, place }: LocatedScalar): Word[] {
  const words = text.split(/[\s()]+/).filter((word) => !/^(?:and|or|not|)$/i.test(word))
  return [...new Set(words)].map((word) => ({ text: word, place }))
}

/**
 * Reads an extended condition over the rules a correlation refers to. Throws RuleProblem at what
 * cannot be read, and for a rule that stands in only one of the two places.
 */
export function readPresence(condition: LocatedScalar, rules: readonly Word[]): Presence {
  const names = rules.map(({ text }) => text)
  const parsed = parseCondition(condition.text, names, condition.place)
  const named = new Set<string>()
  const presence = presenceOf(parsed)
  const idle = rules.find(({ text }) => !named.has(text))
  if (idle === undefined) return presence
  throw new RuleProblem(`the condition does not mention "${idle.text}"`, idle.place)

  function presenceOf(part: Condition): Presence {
    switch (part.kind) {
      case 'selection':
        named.add(part.name)
        return { kind: 'member', member: names.indexOf(part.name) }
      case 'not':
        return { kind: 'not', part: presenceOf(part.part) }
      default:
        return { kind: part.kind, parts: part.parts.map(presenceOf) }
    }
  }
}
