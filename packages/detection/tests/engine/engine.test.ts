import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Detector } from '../../src/detector.ts'
import { noIndicators } from '../../src/indicators/indicator-tables.ts'
import { sampleEvent, sampleSubject } from '../../src/sample-event.ts'
import { imageOf, ruleSetOf } from '../../src/sigma/rule-image.ts'
import { compileRules } from '../../src/sigma/rule-set.ts'
import type { Subject } from '../../src/subject.ts'
import { type ModelEvent, modelEvent, poolOf, recordOf } from './event-arbitraries.ts'
import { type NaiveSubject, naivelyFires, placeholders } from './naive-rules.ts'
import { modelRule } from './rule-arbitraries.ts'
import { type ModelRule, written } from './rule-model.ts'

/** Sets of five to ten rules, each tried on ten to twenty events. */
const runs = 950
/** More records than a plan meets before it chooses its witnesses anew. */
const beyondTrial = 2_100

function detectorOf(rules: readonly ModelRule[]): Detector {
  const documents = rules.map((rule, i) => ({ path: `${i}.yml`, text: written(rule, `r${i}`) }))
  const set = compileRules(documents, { placeholders })
  expect(set.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  // Every other set as it comes back from its image.
  const ready = rules.length % 2 === 0 ? set : ruleSetOf(imageOf(set), documents)
  return new Detector(ready, noIndicators())
}

function subjectOf(model: ModelEvent, record: Record<string, unknown>): Subject {
  const { speaks, process, eventId } = model
  const { metadata } = sampleEvent({})
  const event = sampleEvent({
    logsource: { product: 'windows', category: 'process_creation', service: 'sysmon' },
    metadata: {
      ...metadata,
      parser: speaks ? 'windows-json' : 'json',
      event_code: typeof eventId === 'number' ? String(eventId) : '3',
    },
    process: { cmd_line: process.line, file: { path: process.path } },
    raw_data: JSON.stringify(record),
  })
  return { event, record }
}

interface Pair {
  readonly subject: Subject
  readonly expected: readonly string[]
}

function pairOf(
  rules: readonly ModelRule[],
  model: ModelEvent,
  pool: ReturnType<typeof poolOf>,
): Pair {
  const record = recordOf(model, pool)
  const subject = subjectOf(model, record)
  const naive: NaiveSubject = { ...subject, speaks: model.speaks }
  const expected = rules.flatMap((rule, i) => (naivelyFires(rule, naive) ? [`r${i}`] : []))
  return { subject, expected: expected.toSorted() }
}

/** Throws with rule and record where the engine does not find what trying everything finds. */
function compare(
  detector: Detector,
  rules: readonly ModelRule[],
  { subject, expected }: Pair,
  when: string,
) {
  const found = detector
    .examine(subject)
    .map(({ rule }) => rule.id)
    .toSorted()
  if (found.join() === expected.join()) return
  const wrong = rules
    .map((rule, i) => ({ rule, id: `r${i}` }))
    .filter(({ id }) => found.includes(id) !== expected.includes(id))
    .map(({ rule, id }) => `${found.includes(id) ? 'too much' : 'missed'}: ${written(rule, id)}`)
  throw new Error([when, ...wrong, JSON.stringify(subject.record)].join('\n'))
}

test('on 100,000 generated pairs of rule and event the engine finds what trying everything finds', () => {
  let pairs = 0
  let fired = 0
  const rulesOf = fc.array(modelRule, { minLength: 5, maxLength: 10, size: 'max' })
  const eventsOf = fc.array(modelEvent, { minLength: 10, maxLength: 20, size: 'max' })
  fc.assert(
    fc.property(rulesOf, eventsOf, (rules, events) => {
      const detector = detectorOf(rules)
      const pool = poolOf(rules)
      const tried = events.map((event) => pairOf(rules, event, pool))
      for (const pair of tried) compare(detector, rules, pair, 'met for the first time')
      for (const pair of tried) compare(detector, rules, pair, 'met again')
      pairs += rules.length * tried.length
      fired += tried.reduce((sum, { expected }) => sum + expected.length, 0)
    }),
    { numRuns: runs },
  )
  expect(pairs).toBeGreaterThanOrEqual(100_000)
  expect(fired / pairs).toBeGreaterThan(0.1)
  expect(fired / pairs).toBeLessThan(0.9)
}, 120_000)

test('what fires is the same before and after the plan has chosen its witnesses anew', () => {
  fc.assert(
    fc.property(
      fc.array(modelRule, { minLength: 1, maxLength: 10 }),
      fc.array(modelEvent, { minLength: 1, maxLength: 8 }),
      (rules, events) => {
        const detector = detectorOf(rules)
        const pool = poolOf(rules)
        const tried = events.map((event) => pairOf(rules, event, pool))
        for (let turn = 0; turn < beyondTrial; turn++) {
          for (const pair of tried) compare(detector, rules, pair, `after ${turn} rounds`)
        }
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

test.each([
  ['a capital sigma is another letter at the end of a word', { 'A|cased|contains': 'Σ' }, 'đΣ'],
  [
    'dashes stand for each other before a text is encoded',
    { 'A|base64|windash': ' -enc' },
    'IC9lbmM=',
  ],
])('%s', (_, selection, value) => {
  const detection = { selection, condition: 'selection' }
  const text = JSON.stringify({ title: 't', id: 't', logsource: { product: 'x' }, detection })
  const detector = new Detector(compileRules([{ path: 't.yml', text }]), noIndicators())
  const subject = sampleSubject({ A: value }, { logsource: { product: 'x' } })
  expect(detector.examine(subject).map(({ rule }) => rule.id)).toEqual(['t'])
})
