import type { Logsource } from '@haidang/contracts/event'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Detector } from './detector.ts'
import { noIndicators } from './indicators/indicator-tables.ts'
import { sampleEvent, sampleSubject } from './sample-event.ts'
import { readingOf } from './sigma/reading.ts'
import { compileRules } from './sigma/rule-set.ts'
import { View } from './sigma/view.ts'

function rule(id: number, logsource: Logsource, detection: object): { path: string; text: string } {
  const text = JSON.stringify({
    title: `luật ${id}`,
    id: `rule-${id}`,
    level: 'high',
    logsource,
    detection,
  })
  return { path: `${String(id).padStart(3, '0')}.yml`, text }
}

function detectorOf(...documents: { path: string; text: string }[]): Detector {
  const rules = compileRules(documents)
  expect(rules.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  return new Detector(rules, noIndicators())
}

const windows = { product: 'windows', category: 'process_creation', service: 'sysmon' }

test('a finding names selection, field, value and pattern of everything that made it fire', () => {
  const detector = detectorOf(
    rule(
      1,
      { product: 'windows' },
      {
        selection_image: { 'Image|endswith': ['\\cmd.exe', '\\powershell.exe'] },
        selection_line: { 'CommandLine|contains|all': ['-nop', '-w hidden'] },
        filter: { User: 'SYSTEM' },
        condition: 'all of selection_* and not filter',
      },
    ),
  )
  const record = {
    Image: 'C:\\x\\PowerShell.exe',
    CommandLine: 'powershell -NOP -w hidden',
    User: 'lan',
  }
  const [finding] = detector.examine({ event: sampleEvent({ logsource: windows }), record })
  expect(finding).toMatchObject({ detector: 'sigma', severity: 'high', rule: { id: 'rule-1' } })
  expect(finding?.matches).toEqual([
    {
      selection: 'selection_image',
      field: 'Image',
      value: record.Image,
      pattern: 'endswith: \\powershell.exe',
    },
    {
      selection: 'selection_line',
      field: 'CommandLine',
      value: record.CommandLine,
      pattern: 'contains|all: -nop',
    },
    {
      selection: 'selection_line',
      field: 'CommandLine',
      value: record.CommandLine,
      pattern: 'contains|all: -w hidden',
    },
  ])
})

test('a keyword names the field it was found in', () => {
  const detector = detectorOf(
    rule(1, { product: 'linux' }, { words: ['segfault'], condition: 'words' }),
  )
  const record = { a: { b: 'nginx SEGFAULT at 0' } }
  const [finding] = detector.examine(sampleSubject(record, { logsource: { product: 'linux' } }))
  expect(finding?.matches).toEqual([
    { selection: 'words', field: 'a.b', value: 'nginx SEGFAULT at 0', pattern: 'segfault' },
  ])
})

test('a rule sees only records of its log source', () => {
  const detection = { selection: { User: 'root' }, condition: 'selection' }
  const detector = detectorOf(
    rule(1, { product: 'linux', service: 'sshd' }, detection),
    rule(2, { product: 'linux' }, detection),
    rule(3, { category: 'process_creation' }, detection),
    rule(4, { product: 'linux', service: 'auth' }, detection),
  )
  const firedFor = (logsource: Logsource) =>
    detector
      .examine({ event: sampleEvent({ logsource }), record: { User: 'root' } })
      .map(({ rule }) => rule.id)
  expect(firedFor({ product: 'linux', service: 'sshd' })).toEqual(['rule-1', 'rule-2', 'rule-4'])
  expect(firedFor({ product: 'linux', service: 'cron' })).toEqual(['rule-2'])
  expect(firedFor(windows)).toEqual(['rule-3'])
  expect(firedFor({})).toEqual([])
})

test('fields are read from the vendor record first, then from the event', () => {
  const detector = detectorOf(
    rule(1, { product: 'windows' }, { s: { Image: 'C:\\a.exe' }, condition: 's' }),
    rule(2, { category: 'webserver' }, { s: { 'cs-uri-query': 'id=1' }, condition: 's' }),
    rule(3, { product: 'windows' }, { s: { 'process.pid': 7 }, condition: 's' }),
  )
  const process = { pid: 7, file: { path: 'C:\\a.exe' } }
  const fired = (logsource: Logsource, record: Record<string, unknown>) =>
    detector
      .examine({
        event: sampleEvent({ logsource, process, http_request: { url: '/x?id=1' } }),
        record,
      })
      .map(({ rule }) => rule.id)
  expect(fired(windows, {})).toEqual(['rule-1', 'rule-3'])
  expect(fired(windows, { Image: 'C:\\b.exe' })).toEqual(['rule-3'])
  expect(fired({ category: 'webserver' }, {})).toEqual(['rule-2'])
})

test('names of the object prototype are ordinary field names', () => {
  const detector = detectorOf(
    rule(1, { product: 't' }, { s: { 'constructor|exists': true }, condition: 's' }),
    rule(2, { product: 't' }, { s: { '__proto__.x': 'y' }, condition: 's' }),
  )
  const event = sampleEvent({ logsource: { product: 't' } })
  expect(detector.examine({ event, record: {} })).toEqual([])
  const hostile = JSON.parse('{"constructor":1,"__proto__":{"x":"y"}}') as Record<string, unknown>
  expect(detector.examine({ event, record: hostile })).toHaveLength(2)
})

test('a sensor’s own conclusion becomes a finding with its techniques; informational ones do not', () => {
  const detector = detectorOf()
  const finding = {
    title: 'ET MALWARE Beacon',
    uid: '2030001',
    category: 'A Network Trojan was detected',
  }
  const metadata = { ...sampleEvent({}).metadata, product: 'Suricata' }
  const event = sampleEvent({ class_uid: 2004, severity_id: 4, finding, metadata })
  const record = { alert: { metadata: { mitre_technique_id: ['T1071.001', 'x'] } } }
  expect(detector.examine({ event, record })).toMatchObject([
    {
      detector: 'sensor',
      severity: 'high',
      rule: { id: 'sensor:suricata:2030001', title: finding.title, tags: ['attack.t1071.001'] },
    },
  ])
  expect(detector.examine({ event: { ...event, severity_id: 1 }, record })).toEqual([])
})

const word = fc.constantFrom(
  'cmd',
  'CMD.exe',
  'power',
  '-enc',
  'a*b',
  'x?y',
  '\\cmd.exe',
  'ö',
  '',
  'net',
)
const modifier = fc.constantFrom(
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|windash|contains',
  '|neq',
  '|contains|all',
)
const item = fc.tuple(
  fc.constantFrom('A', 'B'),
  modifier,
  fc.array(word, { minLength: 1, maxLength: 3 }),
)
const detection = fc
  .tuple(
    item,
    item,
    item,
    fc.constantFrom('a', 'a and b', 'a or b', 'a and not c', 'not (a or b)', '1 of them'),
  )
  .map(([a, b, c, condition]) => {
    const one = ([field, how, values]: typeof a) => ({ [field + how]: values })
    return { a: one(a), b: one(b), c: one(c), condition }
  })
test('rules that correlations build on tell what fired, and only of the subject examined last', () => {
  const base = { ...JSON.parse(rule(1, { product: 't' }, { a: { A: 'x' }, condition: 'a' }).text) }
  const counted = {
    title: 'đếm',
    correlation: {
      type: 'value_count',
      rules: ['rule-1'],
      'group-by': ['B'],
      timespan: '1m',
      condition: { field: 'C', gte: 2 },
    },
  }
  const text = [base, counted].map((one) => JSON.stringify(one)).join('\n---\n')
  const detector = detectorOf({ path: 'a.yml', text })
  const received_time = '2026-01-05T02:00:00.000Z'
  const time = '2026-01-05T01:59:00.000Z'
  const event = sampleEvent({ id: 'evt', time, received_time, logsource: { product: 't' } })
  expect(detector.examine({ event, record: { A: 'x', B: 'b' } })).toEqual([])
  expect(detector.observations).toEqual([
    { rule: 0, time: Date.parse(time), subject: 'evt', fields: ['b', null] },
  ])
  detector.examine({ event, record: { A: 'y', B: 'b' } })
  expect(detector.observations).toEqual([])
})

const value = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.constant(null))
const record = fc.record({ A: value, B: value }, { requiredKeys: [] })

test('the way over witnesses finds exactly what trying every rule finds', () => {
  fc.assert(
    fc.property(
      fc.array(detection, { minLength: 1, maxLength: 8 }),
      fc.array(record, { maxLength: 8 }),
      (detections, records) => {
        const set = compileRules(detections.map((each, i) => rule(i, { product: 't' }, each)))
        const detector = new Detector(set, noIndicators())
        const view = new View(set.slots)
        for (const each of records) {
          const subject = { event: sampleEvent({ logsource: { product: 't' } }), record: each }
          view.show(readingOf(subject))
          const expected = set.rules.filter(({ check }) => check(view)).map(({ facts }) => facts.id)
          expect(
            detector
              .examine(subject)
              .map(({ rule }) => rule.id)
              .toSorted(),
          ).toEqual(expected)
        }
      },
    ),
    { numRuns: 300 },
  )
})
