import { type LocatedScalar, RuleProblem } from '../sigma/located-yaml.ts'
import type { Params } from './params.ts'
import type { RuleRun } from './rule-run.ts'

export const operators = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'] as const
export type Operator = (typeof operators)[number]

/** Compares two numbers or two texts; texts by their code units. */
export function compare<T extends number | string>(a: T, operator: Operator, b: T): boolean {
  switch (operator) {
    case 'eq':
      return a === b
    case 'ne':
      return a !== b
    case 'gte':
      return a >= b
    case 'gt':
      return a > b
    case 'lte':
      return a <= b
    case 'lt':
      return a < b
  }
}

/** Whether two values are the same, of the same type. */
export function isSame(a: LocatedScalar, b: LocatedScalar): boolean {
  return typeof a.value === 'string' && typeof b.value === 'string'
    ? a.text === b.text
    : a.value === b.value
}

/** Condition `processing_state`, for every kind of subject: what `set_state` left, compared. */
export function readStateTest(params: Params): (subject: unknown, run: RuleRun) => boolean {
  const key = params.text('key')
  const wanted = params.scalar('val')
  const operator = params.choice('op', operators, 'eq')
  if (typeof wanted.value !== 'number' && operator !== 'eq' && operator !== 'ne') {
    throw new RuleProblem(`"${operator}" compares numbers`, wanted.place)
  }
  return (_, run) => {
    const state = run.state.get(key)
    if (state === undefined) return false
    if (typeof state.value === 'number' && typeof wanted.value === 'number') {
      return compare(state.value, operator, wanted.value)
    }
    return operator === 'eq' ? isSame(state, wanted) : operator === 'ne' && !isSame(state, wanted)
  }
}
