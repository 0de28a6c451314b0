import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordFormat } from '@haidang/contracts/record-format'
import { RecordSurvey } from '@haidang/contracts/record-survey'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toEvent } from '../normalise/to-event.ts'
import { RecordSurveyor } from './record-surveyor.ts'

const fixtures = join(import.meta.dirname, '../normalise/fixtures')
const fixture = (path: string) => readFileSync(join(fixtures, path), 'utf8').trimEnd()
const receivedAt = Date.parse('2026-11-22T03:00:00Z')
const id = 'src_01a02b03-0000-7000-8000-000000000001'

interface As {
  readonly format?: RecordFormat
  readonly zone?: string
  readonly receivedAt?: number
}

function survey(lines: readonly (string | Uint8Array)[], as: As = {}): RecordSurvey {
  const source = {
    id,
    name: 'fw',
    collector: 'syslog-udp' as const,
    format: as.format ?? 'auto',
    zone: as.zone ?? 'Asia/Ho_Chi_Minh',
    logsource: {},
    tlp: 'amber' as const,
  }
  const context = {
    organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
    node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
    simulated: false,
    sources: new Map([[id, source]]),
  }
  const surveyor = new RecordSurveyor(context, source)
  for (const [offset, line] of lines.entries()) {
    const record = {
      position: { segment: 1, offset },
      origin: `${id} 192.0.2.9`,
      key: undefined,
      receivedAt: as.receivedAt ?? receivedAt,
      body: typeof line === 'string' ? Buffer.from(line) : line,
    }
    surveyor.add(record, toEvent(record, context))
  }
  return RecordSurvey.parse(surveyor.result())
}

const deny = fixture('fortigate/traffic-deny.constructed.log')
const wazuh = fixture('wazuh/file-changed.constructed.log')
const eve = fixture('suricata-eve/alert-http.constructed.log')

test('events, rejects, formats and filled fields are counted', () => {
  const found = survey([deny, deny, '{"event_type":"alert"'])
  expect(found).toMatchObject({
    records: 3,
    events: 2,
    rejects: 1,
    formats: [{ format: 'fortigate', records: 2 }],
    reasons: [{ reason: 'json.truncated', records: 1, line: 3, hint: 'truncated' }],
    first_event: { metadata: { parser: 'fortigate' }, src_endpoint: { ip: '203.0.113.7' } },
  })
  expect(found.fields).toContainEqual({
    field: 'src_endpoint.ip',
    records: 2,
    example: '203.0.113.7',
  })
})

test('a clock that goes right, and one that is four minutes slow', () => {
  const line = (time: string) => `<13>1 ${time} gate app - - - hello`
  expect(survey([line('2026-11-22T02:59:50Z')]).clock).toMatchObject({ verdict: 'good' })
  expect(survey([line('2026-11-22T02:56:00Z')]).clock).toEqual({
    verdict: 'off',
    timed: 1,
    median_seconds: 240,
    zone: null,
  })
})

test.each([
  ['03:00:02', 'Asia/Ho_Chi_Minh', 'UTC'],
  ['09:59:58', 'UTC', 'Asia/Ho_Chi_Minh'],
  ['08:30:01', 'Asia/Ho_Chi_Minh', 'Asia/Kolkata'],
  ['11:00:00', 'UTC', 'Asia/Singapore'],
])('written %s without zone and read in %s: %s would fit', (time, zone, wanted) => {
  const found = survey([`<13>Nov 22 ${time} gate app: hello`], { zone })
  const { verdict, zone: offered } = found.clock
  expect(verdict).toBe('zone')
  const offset = (name: string) =>
    new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' })
      .format(receivedAt)
      .replace(/.*GMT/, '')
  expect(offset(offered ?? '')).toBe(offset(wanted))
})

test('a time with its zone is a wrong clock, never a wrong zone', () => {
  const { clock } = survey(['<13>1 2026-11-22T10:00:00Z gate app - - - hello'])
  expect(clock).toMatchObject({ verdict: 'off', median_seconds: -25_200, zone: null })
})

test('records of a whole day are old, not late', () => {
  const lines = [1, 5, 9].map((hour) => `<13>1 2026-11-21T0${hour}:00:00Z gate app - - - hello`)
  expect(survey(lines).clock).toMatchObject({ verdict: 'old', zone: null })
})

test('the format that reads records better is offered by name', () => {
  expect(survey([eve, eve], { format: 'zeek-json' }).better_format).toBe('suricata-eve')
  expect(survey([eve, wazuh], { format: 'zeek-json' }).better_format).toBe('auto')
  expect(survey([deny], { format: 'fortigate' }).better_format).toBeNull()
  expect(survey([eve], { format: 'auto' }).better_format).toBeNull()
})

test('a line nobody knows is told what it comes closest to, and what it lacks', () => {
  const [unknown] = survey(['<13>Nov 22 09:58:12 fw devname=F devid=1 vd=root a:b type=x']).unknown
  expect(unknown).toMatchObject({ line: 1, nearest: { format: 'fortigate' } })
  expect(unknown?.nearest?.missing).toContain('logid=')
  expect(survey(['<13>Nov 22 09:58:12 gate app: hello']).unknown[0]?.nearest).toBeNull()
})

test('bytes at the wrong port are told from text', () => {
  const tls = Uint8Array.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])
  expect(survey([tls]).reasons).toMatchObject([{ reason: 'record.binary', hint: 'binary' }])
})

test('whatever comes, the counts add up and what is shown has no control characters', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (lines) => {
      const found = survey(lines)
      expect(found.events + found.rejects).toBe(lines.length)
      expect(found.reasons.reduce((sum, { records }) => sum + records, 0)).toBe(found.rejects)
      for (const { excerpt } of [...found.reasons, ...found.unknown]) {
        expect(excerpt).not.toMatch(/\p{Cc}/u)
      }
    }),
  )
})

test('fields and reasons that records choose do not grow without end', () => {
  const lines = Array.from(
    { length: 700 },
    (_, n) => `{"field${n}":1,"time":"2026-11-22T03:00:00Z"}`,
  )
  const found = survey(lines)
  expect(found.fields.length).toBeLessThan(50)
  expect(found.unknown.length).toBe(5)
})
