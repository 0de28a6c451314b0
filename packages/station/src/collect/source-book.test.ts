import { ManualClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { sourceRow } from '../../tests/source-row.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { printOrigin, readOrigin } from './origin.ts'
import { Refusals } from './refusals.ts'
import { SourceBook } from './source-book.ts'
import { wildcard } from './tail-file.ts'
import { dropsOf } from './udp-drops.ts'

const clock = new ManualClock('2026-11-22T03:00:00.000Z')
const refusals = () => new Refusals(clock)

function row(id: string, senders: string[], change: Partial<SourceRow> = {}): SourceRow {
  return sourceRow({ id, name: id, collector: 'syslog-udp', senders, ...change })
}

test('a sender belongs to the source with the longest network, anyone else to the default', () => {
  const book = new SourceBook(refusals())
  book.load([
    row('default', []),
    row('site', ['192.0.2.0/24', '2001:db8::/32']),
    row('firewall', ['192.0.2.7']),
    row('gone', ['192.0.2.8'], { removed_at: '2026-11-22T00:00:00.000Z' }),
  ])
  const of = (address: string) => book.route('syslog-udp', address)?.id
  expect(of('192.0.2.7')).toBe('firewall')
  expect(of('192.0.2.8')).toBe('site')
  expect(of('2001:db8::1')).toBe('site')
  expect(of('::ffff:192.0.2.7')).toBe('firewall')
  expect(of('203.0.113.1')).toBe('default')
  expect(of('not an address')).toBe('default')
  expect(book.route('syslog-tcp', '192.0.2.7')).toBeUndefined()
  expect(book.line.get('gone')?.format).toBe('auto')
})

test('a name a sender proved beats its address, and a source of names takes nobody else', () => {
  const book = new SourceBook(refusals())
  book.load([
    row('site', ['192.0.2.0/24'], { collector: 'syslog-tls' }),
    row('firewall', ['name:FW-1.example'], { collector: 'syslog-tls' }),
  ])
  const of = (address: string, names: string[]) => book.route('syslog-tls', address, names)?.id
  expect(of('192.0.2.7', ['fw-1.EXAMPLE'])).toBe('firewall')
  expect(of('203.0.113.1', ['other', 'fw-1.example'])).toBe('firewall')
  expect(of('192.0.2.7', ['fw-2.example'])).toBe('site')
  expect(of('203.0.113.1', ['fw-2.example'])).toBeUndefined()
  expect(book.route('syslog-tcp', '192.0.2.7', ['fw-1.example'])).toBeUndefined()
})

test('a source over HTTP lists senders by address or by a name they proved', () => {
  const book = new SourceBook(refusals())
  const source = row('web', ['192.0.2.0/24', 'name:Web-1.example'], { collector: 'elastic-bulk' })
  const named = row('named', ['name:web-1.example'], { collector: 'elastic-bulk' })
  expect(book.lists(source, '192.0.2.7')).toBe(true)
  expect(book.lists(source, '203.0.113.1', ['other', 'WEB-1.example'])).toBe(true)
  expect(book.lists(source, '203.0.113.1', ['other'])).toBe(false)
  expect(book.lists(named, '192.0.2.7')).toBe(false)
})

test('an origin reads back as it was written, and fits the spool', () => {
  const origin = { sourceId: 'src_1', sender: '2001:db8::1', cutFrom: 5_000_000 }
  expect(readOrigin(printOrigin(origin))).toEqual(origin)
  expect(readOrigin(printOrigin({ sourceId: 'src_1', sender: '' }))).toEqual({
    sourceId: 'src_1',
    sender: '',
  })
  expect(printOrigin({ ...origin, sender: 'đường dẫn '.repeat(100) }).length).toBeLessThan(200)
})

test('a pattern with stars matches names, in linear time', () => {
  expect(wildcard('eve*.json')('eve.2.json')).toBe(true)
  expect(wildcard('eve*.json')('eve.json.1')).toBe(false)
  expect(wildcard('a*a')('a')).toBe(false)
  expect(wildcard(`${'*a'.repeat(50)}b`)('a'.repeat(200))).toBe(false)
})

test('kernel drops of a port are summed over its sockets', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  57: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 11 2 0000 7
  58: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12 2 0000 5
  59: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 13 2 0000 9`
  expect(dropsOf(table, 5514)).toBe(12)
})
