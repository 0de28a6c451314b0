import { compileExpression } from '../expression/expression.ts'
import { type Place, RuleProblem } from '../sigma/located-yaml.ts'

const flags = { ignoreCase: false, multiline: false, dotAll: false }

/** A regular expression that must fit from the beginning of a text, as Python's `re.match`. Throws RuleProblem. */
export function readPattern(source: string, place: Place): (text: string) => boolean {
  try {
    const { test } = compileExpression(`^(?:${source})`, flags)
    return (text) => test(text, text.toLowerCase())
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new RuleProblem(`regular expression not usable: ${cause}`, place)
  }
}
