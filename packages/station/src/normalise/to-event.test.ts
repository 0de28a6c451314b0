import { Event } from '@haidang/contracts/event'
import { RecordFormat } from '@haidang/contracts/record-format'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printOrigin } from '../collect/origin.ts'
import { toEvent } from './to-event.ts'

const sourceId = 'src_01a02b03-0000-7000-8000-000000000001'
const receivedAt = Date.parse('2026-11-22T03:00:00Z')

function read(body: string | Uint8Array, format: RecordFormat = 'auto', simulated = false) {
  const source = {
    id: sourceId,
    name: 'test',
    collector: 'json-lines' as const,
    format,
    zone: 'Asia/Ho_Chi_Minh',
    logsource: {},
    tlp: 'amber' as const,
  }
  const record = {
    position: { segment: 3, offset: 99 },
    origin: printOrigin({ sourceId, sender: '192.0.2.9' }),
    key: undefined,
    receivedAt,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  }
  return toEvent(record, {
    organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
    node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
    simulated,
    sources: new Map([[sourceId, source]]),
  })
}

function eventOf(body: string, format: RecordFormat = 'auto', simulated = false): Event {
  const result = read(body, format, simulated)
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail}`)
  return result.event
}

function reasonOf(body: string, format: RecordFormat = 'auto'): string {
  const result = read(body, format)
  return result.ok ? 'read' : result.reason
}

function isSound(body: string | Uint8Array, format: RecordFormat): void {
  const result = read(body, format)
  if (result.ok) Event.parse(JSON.parse(JSON.stringify(result.event)))
  else expect(result.reason).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/)
}

const formats = fc.constantFrom(...RecordFormat.options)

test('no bytes make it throw, in any format', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 512 }), formats, isSound), { numRuns: 2000 })
})

test('no JSON makes it throw or makes an event that breaks the contract', () => {
  const names = fc.constantFrom(
    'event_type',
    '_path',
    'EventID',
    'Channel',
    'ts',
    'timestamp',
    'uid',
    'Event',
    'winlog',
    'src_ip',
    'dest_ip',
    'src_port',
    'dns',
    'http',
    'alert',
    'flow',
    'Hashes',
    'UtcTime',
    'id.orig_h',
    'id.orig_p',
    '__proto__',
    'constructor',
    'answers',
    'simulated',
    'category',
    'transaction',
    'audit_data',
    'unique_id',
    'messages',
  )
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      'alert',
      'dns',
      'conn',
      'Security',
      4624,
      1,
      '192.0.2.1',
      1e308,
      -1,
      null,
      true,
    ),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const objects = fc.dictionary(names, values, { maxKeys: 12 })
  const nested = fc.oneof(
    objects,
    fc.record({ Event: fc.record({ System: objects, EventData: objects }) }),
    fc.record({ winlog: objects }),
    fc.record({ transaction: objects, audit_data: objects }),
  )
  fc.assert(
    fc.property(nested, formats, (object, format) => isSound(JSON.stringify(object), format)),
    { numRuns: 3000 },
  )
})

test('syslog headers of any shape are read without throwing', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '<34>',
      '<999>',
      '1',
      'Nov',
      '22',
      '10:00:00',
      '-',
      'host',
      'sshd[1]:',
      '[a b="c"]',
      '["\\',
      '[x y="',
      'Failed password for',
      'from',
      'COMMAND=',
      ' : ',
      ';',
    ),
    fc.string({ maxLength: 12 }),
  )
  const lines = fc.array(word, { maxLength: 16 }).map((words) => words.join(' '))
  fc.assert(fc.property(lines, formats, isSound), { numRuns: 3000 })
})

test.each([
  ['open brackets', '['.repeat(1_000_000)],
  ['objects in objects', '{"a":'.repeat(10_000)],
  ['closed nesting', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['one long word', 'a'.repeat(1_000_000)],
  ['spaces', `<34>Nov 22 10:00:00 h ${' '.repeat(1_000_000)}x`],
  ['quotes in structured data', `<34>1 - h a - - [a b="${'\\"'.repeat(400_000)}`],
  ['many structured elements', `<34>1 - h a - - ${'[a]'.repeat(300_000)}`],
  [
    'sshd with a name that never ends',
    `<34>Nov 22 10:00:00 h sshd[1]: Failed password for ${'a '.repeat(400_000)}`,
  ],
  [
    'sudo with fields that never end',
    `<34>Nov 22 10:00:00 h sudo: a : ${'TTY=x ; '.repeat(100_000)}`,
  ],
  ['access log with escapes', `1.2.3.4 - - [22/Nov/2026:10:00:00 +0700] "${'\\"'.repeat(400_000)}`],
  ['access log with brackets', `${'[22/Nov/2026:10:00:00 '.repeat(40_000)}`],
  [
    'sysmon hashes',
    JSON.stringify({
      EventID: 1,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Hashes: 'MD5='.repeat(200_000),
    }),
  ],
  [
    'powershell context',
    JSON.stringify({
      EventID: 4103,
      Channel: 'Microsoft-Windows-PowerShell/Operational',
      ContextInfo: ' User = '.repeat(100_000),
    }),
  ],
  [
    'dns answers',
    JSON.stringify({
      EventID: 22,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      QueryResults: 'type: '.repeat(150_000),
    }),
  ],
])('a hostile megabyte costs linear time: %s', (_name, body) => {
  const before = process.threadCpuUsage()
  for (const format of RecordFormat.options) isSound(body, format)
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(5000)
})

test('the same record gives the same event, and its id follows from its place', () => {
  const line = '<13>Nov 22 10:00:00 h app: x'
  expect(eventOf(line)).toEqual(eventOf(line))
})

test('times without zone are of the source, without year of the year of receipt', () => {
  expect(eventOf('<13>Nov 22 10:00:00 h app: x').time).toBe('2026-11-22T03:00:00.000Z')
  expect(eventOf('<13>Dec 31 23:59:59 h app: x').time).toBe('2025-12-31T16:59:59.000Z')
  expect(eventOf('<13>Feb 29 10:00:00 h app: x').time).toBe('2024-02-29T03:00:00.000Z')
})

test('a clock hours off keeps its time and is flagged', () => {
  const { time, unmapped } = eventOf('<13>1 2026-11-22T00:00:00Z h app - - - x')
  expect(time).toBe('2026-11-22T00:00:00.000Z')
  expect(unmapped['haidang.skew_seconds']).toBe(10_800)
})

test('a record without a time takes that of its receipt and says so', () => {
  const { time, unmapped } = eventOf('{"message":"x"}')
  expect(time).toBe('2026-11-22T03:00:00.000Z')
  expect(unmapped['haidang.time']).toBe('received')
})

test('what a replay marks is simulated, whichever way it came', () => {
  const of = (line: string, simulated = false) =>
    eventOf(line, 'auto', simulated).metadata.simulated
  expect(of('{"message":"x","simulated":true}')).toBe(true)
  expect(of('<13>1 - h app - - [haidang simulated="true"] x')).toBe(true)
  expect(of('<13>1 - h app - - [other simulated="true"] x')).toBe(false)
  expect(of('{"message":"x"}')).toBe(false)
  expect(of('{"message":"x"}', true)).toBe(true)
})

test('broken records are refused with a reason that says how', () => {
  expect(reasonOf('{"event_type":"alert","src')).toBe('json.truncated')
  expect(reasonOf('{"a":1,}')).toBe('json.invalid')
  expect(reasonOf('[1,2]', 'json')).toBe('json.not-object')
  expect(reasonOf(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`)).toBe('json.too-deep')
  const names = (count: number) => Array.from({ length: count }, (_, i) => `"${i}":1`).join()
  expect(reasonOf(`{"a":{${names(10_001)}}}`)).toBe('json.too-many-names')
  expect(reasonOf(`{"a":{${names(10_000)}}}`)).toBe('read')
  expect(reasonOf('{"a":1}', 'suricata-eve')).toBe('suricata-eve.no-event-type')
  expect(reasonOf('{"a":1}', 'zeek-json')).toBe('zeek-json.no-path')
  expect(reasonOf('{"a":1}', 'windows-json')).toBe('windows-json.no-event-id')
  expect(reasonOf('x', 'access-log')).toBe('access-log.no-time')
  expect(reasonOf('\u0001\u0002\u0003')).toBe('record.binary')
  expect(reasonOf(' \r\n')).toBe('record.empty')
})

test('bytes that are no UTF-8 are replaced and flagged', () => {
  const result = read(
    Buffer.concat([Buffer.from('<13>Nov 22 10:00:00 h app: caf'), Buffer.from([0xe9])]),
  )
  if (!result.ok) throw new Error(result.reason)
  expect(result.event.message).toBe('caf\ufffd')
  expect(result.event.unmapped['haidang.invalid_utf8']).toBe(true)
})

test('a record of a source that was removed is still read', () => {
  const record = {
    position: { segment: 3, offset: 99 },
    origin: 'src_gone 192.0.2.9',
    key: undefined,
    receivedAt,
    body: Buffer.from('{"message":"x"}'),
  }
  const context = { organisation_id: 'o', node_id: 'n', simulated: false, sources: new Map() }
  expect(toEvent(record, context)).toMatchObject({ ok: true, event: { source_id: 'src_gone' } })
})

test('a duration that is no number is none', () => {
  const odd = [
    '2026-11-22 09:58:01.3 +07 LOG: duration: . ms statement: R',
    '{"_path":"conn","ts":1795316292.1,"uid":"C1","id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2","duration":1e306}',
  ]
  for (const body of odd) {
    expect(eventOf(body).duration_ms).toBeUndefined()
    isSound(body, 'auto')
  }
  const slow = '2026-11-22 09:58:01.3 +07 [1] a@b LOG:  duration: 12.7 ms  statement: SELECT 1'
  expect(eventOf(slow).duration_ms).toBe(13)
})
