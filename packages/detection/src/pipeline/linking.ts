import { type Condition, parseCondition } from '../sigma/condition.ts'
import { type Located, type LocatedMap, type Place, RuleProblem } from '../sigma/located-yaml.ts'
import { Params } from './params.ts'
import type { Test } from './rule-run.ts'

/** Reads one condition of a step from its parts. */
export type TestReader<S> = (params: Params) => Test<S>

export type TestReaders<S> = ReadonlyMap<string, TestReader<S>>

/**
 * Reads the conditions of one kind (`rule`, `detection_item`, `field_name`) of a step: a list or named
 * ones, joined by and, or, or an expression over their names, possibly negated. Without conditions
 * everything passes. Throws RuleProblem.
 */
export function readLinked<S>(step: Params, kind: string, readers: TestReaders<S>): Test<S> {
  const tests = readTests(step, `${kind}_conditions`, readers)
  const operator = step.choice(`${kind}_cond_op`, ['and', 'or'], 'and')
  const negated = step.flag(`${kind}_cond_not`)
  const expression = expressionOf(step, kind)
  if (tests.size === 0) {
    if (expression !== undefined) throw new RuleProblem('there are no conditions', expression.place)
    return () => true
  }
  const each = [...tests.values()]
  let joined: Test<S> =
    operator === 'or'
      ? (subject, run) => each.some((test) => test(subject, run))
      : (subject, run) => each.every((test) => test(subject, run))
  if (expression !== undefined) {
    if (step.has(`${kind}_cond_op`)) {
      throw new RuleProblem('an expression and an operator exclude each other', expression.place)
    }
    joined = testOfExpression(expression, tests)
  }
  return negated ? (subject, run) => !joined(subject, run) : joined
}

function readTests<S>(
  step: Params,
  name: string,
  readers: TestReaders<S>,
): ReadonlyMap<string, Test<S>> {
  const written = step.find(name)
  const tests = new Map<string, Test<S>>()
  if (written === undefined) return tests
  if (written.kind === 'scalar') throw new RuleProblem(`${name} must be a list`, written.place)
  const entries: [string, Located][] =
    written.kind === 'list'
      ? written.items.map((item, i) => [String(i + 1), item])
      : [...written.entries.values()].map((entry) => [entry.name, entry.value])
  for (const [label, value] of entries) {
    if (value.kind !== 'map') throw new RuleProblem('a condition has a type', value.place)
    tests.set(label, readTest(value, readers))
  }
  return tests
}

function readTest<S>(map: LocatedMap, readers: TestReaders<S>): Test<S> {
  const params = new Params(map)
  const type = params.text('type')
  const reader = readers.get(type)
  if (reader === undefined) {
    throw new RuleProblem(`unknown condition "${type}"`, params.placeOf('type'))
  }
  const test = reader(params)
  params.close()
  return test
}

interface Expression {
  readonly text: string
  readonly place: Place
}

/** pySigma writes `…_cond_expr`; the longer name stands in its early documents. */
function expressionOf(step: Params, kind: string): Expression | undefined {
  for (const name of [`${kind}_cond_expr`, `${kind}_cond_expression`]) {
    const text = step.optionalText(name)
    if (text !== undefined) return { text, place: step.placeOf(name) }
  }
  return undefined
}

function testOfExpression<S>(
  { text, place }: Expression,
  tests: ReadonlyMap<string, Test<S>>,
): Test<S> {
  const condition = parseCondition(text, [...tests.keys()], place)
  const used = new Set<string>()
  const test = compiled(condition)
  const idle = [...tests.keys()].find((name) => !used.has(name))
  if (idle !== undefined) throw new RuleProblem(`the expression leaves out "${idle}"`, place)
  return test

  function compiled(part: Condition): Test<S> {
    if (part.kind === 'selection') {
      used.add(part.name)
      return tests.get(part.name) ?? (() => false)
    }
    if (part.kind === 'not') {
      const inner = compiled(part.part)
      return (subject, run) => !inner(subject, run)
    }
    const parts = part.parts.map(compiled)
    return part.kind === 'all'
      ? (subject, run) => parts.every((each) => each(subject, run))
      : (subject, run) => parts.some((each) => each(subject, run))
  }
}
