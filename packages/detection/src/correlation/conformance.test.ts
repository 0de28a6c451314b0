import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CorrelationTrial, type Report } from './correlation-trial.ts'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const files = ['correlation', 'filters'].map((name) =>
  join(directory, `detection/conformance/${name}.json`),
)
const present = shared === 'required' || files.every(existsSync)

interface Expectation {
  readonly first_fire_index?: number | null
  readonly never_for_groups?: readonly (readonly string[])[]
  readonly output?: boolean
}
interface CorrelationCase {
  readonly id: string
  readonly rules: readonly Record<string, unknown>[]
  readonly events: readonly Record<string, unknown>[]
  readonly expect: Readonly<Record<string, Expectation>>
  readonly expect_error?: string
}
interface FilterCase {
  readonly id: string
  readonly rules: readonly Record<string, unknown>[]
  readonly cases: readonly { event: Record<string, unknown>; match: readonly string[] }[]
}

describe.skipIf(!present)(
  'the shared conformance set of correlations and filters (skipped without shared data)',
  () => {
    const [correlations = [], filters = []] = (
      present ? files.map((file) => JSON.parse(readFileSync(file, 'utf8'))) : []
    ) as [CorrelationCase[], FilterCase[]]

    test('has its 19 and 2 cases', () => {
      expect([correlations.length, filters.length]).toEqual([19, 2])
    })

    for (const { id, rules, events, expect: expected, expect_error } of correlations) {
      test(id, () => {
        const trial = new CorrelationTrial(rules)
        if (expect_error !== undefined) {
          expect(trial.problems.join()).toContain(expect_error)
          return
        }
        expect(trial.problems).toEqual([])
        const fired = events.map((event) => trial.observe(Number(event['t']) * 1_000, event))
        for (const [name, expectation] of Object.entries(expected)) {
          check(
            fired.map((reports) => reports.filter((report) => report.name === name)),
            expectation,
          )
        }
      })
    }

    for (const { id, rules, cases } of filters) {
      test(id, () => {
        const trial = new CorrelationTrial(rules)
        expect(trial.problems).toEqual([])
        for (const { event, match } of cases) {
          expect(trial.observe(0, event).map(({ name }) => name)).toEqual(match)
        }
      })
    }
  },
)

/** Whether the reports of one rule, by event, are those expected of it. */
function check(
  fired: readonly (readonly Report[])[],
  { first_fire_index, never_for_groups = [], output }: Expectation,
): void {
  const first = fired.findIndex((reports) => reports.length > 0)
  if (output === false) expect(first).toBe(-1)
  else expect(first).toBe(first_fire_index ?? -1)
  const groups = fired.flat().map(({ group }) => group)
  for (const group of never_for_groups) expect(groups).not.toContainEqual(group)
}
