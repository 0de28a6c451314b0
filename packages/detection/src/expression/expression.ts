import { type ExpressionFlags, parseExpression } from './expression-parser.ts'
import { extentOf, isBoundTo } from './extent.ts'
import { hasFewStates } from './growth.ts'
import { landmarkOf, requiredLiterals } from './literals.ts'
import { nativeExpression } from './native-expression.ts'
import { programOf } from './program.ts'
import { Search, type SearchPlan } from './search.ts'
import { simplified } from './simplify.ts'

type Test = (text: string, lower: string) => boolean

/** A regular expression ready for use. */
export interface CompiledExpression {
  /** Whether the expression occurs in the text; `lower` is the same text in lower case. */
  readonly test: Test
  /** Lower-case texts of which one must occur; empty if none is known. */
  readonly literals: readonly string[]
  readonly engine: 'v8' | 'linear'
}

const longestSource = 4_000
const mostGuards = 4
/** States the table of an automaton has room for. */
const mostStates = 2_000
/** Steps of a program that may be taken at every unit where the table has no room. */
const mostSimulated = 72
/** Units before the end of a text that may be looked at with a larger program. */
const longestEnd = 1_024

/**
 * Compiles a regular expression so that matching takes one pass over the text and bounded memory,
 * whatever the author wrote: V8 where its work from any place is proven small, an automaton
 * otherwise. Both give the same answers: units are those of UTF-16, `.` is all but a line feed,
 * `\d \w \s \b` know ASCII only, `$` is the very end of the text. Throws Error with cause and place
 * for what is no expression, needs look-around or back-references, or is too large.
 */
export function compileExpression(written: string, flags: ExpressionFlags): CompiledExpression {
  if (written.length > longestSource) throw new Error(`longer than ${longestSource} characters`)
  const tree = simplified(parseExpression(written, flags))
  const plan: SearchPlan = {
    program: programOf(tree),
    extent: extentOf(tree),
    endsText: isBoundTo(tree, 'text end'),
    landmark: landmarkOf(tree),
  }
  const literals = requiredLiterals(tree)
  const native = nativeExpression(tree)
  if (native === undefined && !isBounded(plan)) {
    throw new Error(
      `too many ways to match at once: write "+" or "*" for long "{…}" of what can begin at every letter`,
    )
  }
  const test = native === undefined ? searchTest(plan) : nativeTest(native)
  return {
    test: isWorthGuarding(plan, literals) ? guarded(test, literals) : test,
    literals,
    engine: native === undefined ? 'linear' : 'v8',
  }
}

/** Whether no text can take long: see the bound of expressions in docs/reference/sigma.md. */
function isBounded({ program, endsText, extent }: SearchPlan): boolean {
  const { operation, counters } = program
  if (operation.length <= mostSimulated && counters.length === 0) return true
  return (endsText && extent.most <= longestEnd) || hasFewStates(program, mostStates)
}

function searchTest(plan: SearchPlan): Test {
  const search = new Search(plan)
  return (text, lower) => search.test(text, lower)
}

function nativeTest(expression: RegExp): Test {
  return (text) => expression.test(text)
}

/** Not where the search looks at one end of the text only, or looks for the same literal itself. */
function isWorthGuarding(plan: SearchPlan, literals: readonly string[]): boolean {
  if (literals.length === 0 || literals.length > mostGuards) return false
  const { program, endsText, extent, landmark } = plan
  if (program.bound || (endsText && Number.isFinite(extent.most))) return false
  return literals.length > 1 || landmark?.literal.toLowerCase() !== literals[0]
}

function guarded(test: Test, literals: readonly string[]): Test {
  return (text, lower) => literals.some((literal) => lower.includes(literal)) && test(text, lower)
}
