import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Detector } from '../detector.ts'
import { noIndicators } from '../indicators/indicator-tables.ts'
import { sampleSubject } from '../sample-event.ts'
import { compileRules } from './rule-set.ts'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const file = join(directory, 'detection/conformance/detection.json')
const present = shared === 'required' || existsSync(file)

interface Conformance {
  readonly id: string
  readonly detection: Readonly<Record<string, unknown>>
  readonly placeholders?: Readonly<Record<string, readonly string[]>>
  readonly expect_error?: string
  readonly cases: readonly { event: Record<string, unknown>; match: boolean }[]
}

const logsource = { product: 'test', category: 'test' }

describe.skipIf(!present)(
  'the shared conformance set of Sigma (skipped without shared data)',
  () => {
    const set: Conformance[] = present ? JSON.parse(readFileSync(file, 'utf8')) : []

    test('has its 212 cases', () => {
      expect(set.reduce((sum, { cases }) => sum + cases.length, 0)).toBe(212)
    })

    for (const { id, detection, placeholders = {}, expect_error, cases } of set) {
      const text = JSON.stringify({ title: id, id, logsource, detection })
      const rules = compileRules([{ path: `${id}.yml`, text }], { placeholders })

      if (expect_error !== undefined) {
        test(`${id} is refused`, () => {
          expect(rules.entries[0]?.state).toBe('error')
          expect(rules.entries[0]?.problem).toContain(`${id}.yml:1:`)
        })
        continue
      }
      for (const [number, { event, match }] of cases.entries()) {
        test(`${id}, case ${number + 1}`, () => {
          expect(rules.entries[0]?.problem ?? null).toBeNull()
          const detector = new Detector(rules, noIndicators())
          const findings = detector.examine(sampleSubject(event, { logsource }))
          expect(findings.length > 0).toBe(match)
        })
      }
    }
  },
)
