import { CsvReading } from '@haidang/contracts/record-reading'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFormattedTime } from '../parse/formatted-time.ts'
import { readRecord } from './read-record.ts'

const receivedAt = Date.parse('2026-11-22T03:00:00Z')

function read(text: string, csv: Partial<CsvReading> = {}) {
  const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt, csv: CsvReading.parse(csv) }
  const found = readRecord(text, 'csv', around)
  if (!found.ok) return found
  const { draft, record, format } = found
  return { ok: true, ...draft, record, format }
}

test('columns go where the source maps them; the others stay under their names', () => {
  const event = read('203.0.113.7|09:58:12|22.11.2026|evil.example|x', {
    columns: ['From', 'Clock', 'Day', 'Host', 'Ticket'],
    time_format: 'dd.MM.yyyy HH:mm:ss',
    mapping: [
      { column: 'Day', to: 'time' },
      { column: 'Clock', to: 'time' },
      { column: 'From', to: 'src_endpoint.ip' },
      { column: 'Host', to: 'observable:domain' },
    ],
  })
  expect(event).toMatchObject({
    format: 'csv',
    time: Date.parse('2026-11-22T02:58:12Z'),
    original_time: '22.11.2026 09:58:12',
    src_endpoint: { ip: '203.0.113.7' },
    sightings: [{ type: 'domain', value: 'evil.example', name: 'Host' }],
    unmapped: { Ticket: 'x' },
    record: { From: '203.0.113.7', Ticket: 'x' },
  })
})

test.each([
  ['comma', 'a,b,c'],
  ['semicolon beside commas', 'a;b,1,2,3;c'],
  ['tab', 'a\tb\tc'],
  ['bar', 'a|b|c'],
  ['quoted separators and line ends', '"a";"b;\n""b""";c'],
])('the separator is told by the columns: %s', (_name, line) => {
  const found = read(line, { columns: ['one', 'two', 'three'] })
  expect(found).toMatchObject({ unmapped: { one: 'a', three: 'c' } })
})

test('behind a syslog header, with values too many and names that stand twice', () => {
  const found = read('<13>Nov 22 09:58:12 gate app: 1,2,3,4', { columns: ['n', 'n', 'm'] })
  expect(found).toMatchObject({
    device: { hostname: 'gate' },
    unmapped: { n: '1', n_2: '2', m: '3', column_4: '4' },
  })
})

test('a line that repeats the names, and a comment, are no values', () => {
  const columns = ['time', 'user']
  expect(read('time,user', { columns })).toMatchObject({ message: 'time,user', unmapped: {} })
  expect(read('# made by hand', { columns })).toMatchObject({ message: '# made by hand' })
})

test('what has no columns is refused with its reason', () => {
  expect(read('only', { columns: ['a', 'b'] })).toMatchObject({ reason: 'csv.one-value' })
  expect(read('a,b')).toMatchObject({ reason: 'csv.no-columns' })
})

test.each([
  ['22/11/2026 9:58', 'dd/MM/yyyy H:mm', '2026-11-22T02:58:00Z'],
  ['11/22/26 09:58:12 PM', 'MM/dd/yy hh:mm:ss a', '2026-11-22T14:58:12Z'],
  ['22/11/2026 12:05:00 SA', 'dd/MM/yyyy hh:mm:ss a', '2026-11-21T17:05:00Z'],
  ['20261122T095812.5', "yyyyMMdd'T'HHmmss.S", '2026-11-22T02:58:12.500Z'],
  ['1795316292', 'epoch', '2026-11-22T02:58:12Z'],
  ['22/11/2026 09:58:12', 'auto', '2026-11-22T02:58:12Z'],
  ['2026-11-22T02:58:12Z', 'auto', '2026-11-22T02:58:12Z'],
])('%s by %s', (text, format, expected) => {
  expect(readFormattedTime(text, format, 'Asia/Ho_Chi_Minh')?.at).toBe(Date.parse(expected))
})

test.each(['31/02/2026 00:00:00', '22/13/2026 00:00:00', '22-11-2026 00:00:00', ''])(
  '%j is no time of dd/MM/yyyy HH:mm:ss',
  (text) => {
    expect(readFormattedTime(text, 'dd/MM/yyyy HH:mm:ss', 'UTC')).toBeUndefined()
  },
)

test('names of the prototype are columns as any other', () => {
  const found = read('a,b,c', { columns: ['__proto__', 'constructor', 'toString'] })
  expect('record' in found && Object.entries(found.record)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['toString', 'c'],
  ])
  expect(({} as Record<string, unknown>)['a']).toBeUndefined()
})

test('whatever the line, it is read or refused, in time that grows with its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => {
      expect(read(line, { columns: ['a', 'b'] }).ok).toBeTypeOf('boolean')
    }),
  )
  for (const part of ['"', '""', ';', ',', '",', '\n', '|"']) {
    const before = performance.now()
    read(part.repeat(500_000 / part.length), { columns: ['a', 'b'] })
    expect(performance.now() - before).toBeLessThan(500)
  }
})
