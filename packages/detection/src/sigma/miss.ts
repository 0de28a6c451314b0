import type { Match } from '@haidang/contracts/alert'
import { quoted } from '../subject.ts'
import { explain, type Formula } from './formula.ts'
import type { View } from './view.ts'

/** Why a formula does not hold: the first test that failed, or what an exclusion met. */
export type Miss =
  | { readonly because: 'failed'; readonly item: Match }
  | { readonly because: 'excluded'; readonly items: readonly Match[] }

/** The first reason for which a formula does not hold on the record in view; undefined if it holds. */
export function missOf(formula: Formula, view: View): Miss | undefined {
  switch (formula.kind) {
    case 'test': {
      const { test } = formula
      if (test.check(view)) return undefined
      const { field, value } = test.seen(view)
      const item = { field, value: quoted(value), pattern: quoted(test.pattern) }
      return { because: 'failed', item: { ...item, selection: test.selection } }
    }
    case 'not': {
      const met = explain(formula.part, view)
      return met === undefined ? undefined : { because: 'excluded', items: met }
    }
    case 'all':
      return first(formula.parts, view)
    case 'any': {
      const misses = formula.parts.map((part) => missOf(part, view))
      return misses.includes(undefined) ? undefined : misses[0]
    }
  }
}

function first(parts: readonly Formula[], view: View): Miss | undefined {
  for (const part of parts) {
    const miss = missOf(part, view)
    if (miss !== undefined) return miss
  }
  return undefined
}
