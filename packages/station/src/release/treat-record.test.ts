import { randomBytes } from 'node:crypto'
import { Alert as AlertSchema } from '@haidang/contracts/alert'
import { findingOf } from '@haidang/contracts/detection-finding'
import { type Event, Event as EventSchema } from '@haidang/contracts/event'
import { type FieldTreatment, ReleaseField, type Treatment } from '@haidang/contracts/release'
import { type Network, readIp, readNetwork } from '@haidang/detection/ip-address'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertOf, eventOf, type Values, values } from '../../tests/treated-record.ts'
import { Pseudonyms } from './pseudonym.ts'
import { treated } from './treat-record.ts'

const ownNetworks = [readNetwork('10.0.0.0/8')].filter((one): one is Network => one !== undefined)
const treating = { names: new Pseudonyms(Buffer.alloc(32, 7)), ownNetworks }

const marks: Readonly<Record<ReleaseField, (v: Values) => string[]>> = {
  ip: (v) => [v.ip, v.own_ip],
  own_ip: (v) => [v.own_ip],
  mac: (v) => [v.mac],
  user: (v) => [v.user],
  email: (v) => [v.email, v.email.split('@')[0] ?? ''],
  host: (v) => [v.host, v.host.split('.')[0] ?? ''],
  domain: (v) => [v.domain],
  url: (v) => [v.url],
  file: (v) => [v.file, v.file.split('\\').at(-1) ?? ''],
  process: (v) => [v.process],
  command_line: (v) => [v.command_line],
  message: (v) => [v.message],
}

function treatmentsOf(fields: readonly ReleaseField[], wanted: Treatment): FieldTreatment[] {
  return fields.map((field) => {
    const isAddress = field === 'ip' || field === 'own_ip'
    return { field, how: wanted === 'network' && !isAddress ? 'hash' : wanted }
  })
}

/** Everything that leaves, every way a byte of it may be read back. */
function lettersOf(record: object): string {
  const text = JSON.stringify(record)
  return [
    text,
    decodeURIComponent(text.replaceAll(/%(?![0-9A-F]{2})/gi, '%25')),
    text.replaceAll('\\\\', '\\'),
  ]
    .join('\n')
    .normalize('NFC')
    .toLowerCase()
}

/** The value itself: 192.0.2.155 does not hold 192.0.2.1. */
function wholeOf(mark: string): RegExp {
  const literal = mark.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(readIp(mark) ? `${literal}(?!\\d)` : literal)
}

test('no byte of a field that is struck or hashed leaves, wherever a copy of it stood, and what leaves is well-formed', () => {
  fc.assert(
    fc.property(
      values,
      fc.uniqueArray(fc.constantFrom(...ReleaseField.options), { minLength: 1 }),
      fc.constantFrom<Treatment>('mask', 'hash', 'network'),
      (v, fields, how) => {
        const event = eventOf(v)
        const treatments = treatmentsOf(fields, how)
        const out = treated(event, treatments, treating)
        const alert = treated(alertOf(event, v), treatments, treating)
        for (const leaving of [EventSchema.parse(out), findingOf(AlertSchema.parse(alert))]) {
          const letters = lettersOf(leaving)
          for (const field of fields) {
            for (const mark of marks[field](v)) expect(letters).not.toMatch(wholeOf(mark))
          }
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('what is not named stays, and the record keeps its identity', () => {
  fc.assert(
    fc.property(values, (v) => {
      const event = eventOf(v)
      const out = treated(event, [{ field: 'user', how: 'hash' }], treating)
      expect(out).toMatchObject({
        id: event.id,
        time: event.time,
        class_uid: 1007,
        raw_data: '',
        unmapped: {},
        src_endpoint: event.src_endpoint,
        dst_endpoint: { ip: v.own_ip, domain: v.domain },
      })
      const alert = treated(alertOf(event, v), [{ field: 'own_ip', how: 'mask' }], treating)
      expect(alert.entity).toBe(v.ip)
      expect(alert.matches.find(({ field }) => field === 'src_ip')?.value).toBe(v.ip)
    }),
    { numRuns: 50 },
  )
})

test('one value has one pseudonym, in every record, kind of record and notation; another key gives another', () => {
  const fields: FieldTreatment[] = [
    { field: 'user', how: 'hash' },
    { field: 'ip', how: 'hash' },
  ]
  fc.assert(
    fc.property(values, (v) => {
      const event = eventOf(v)
      const out = treated(event, fields, treating)
      const alert = treated(alertOf(event, v), fields, treating)
      expect(out.user?.name).toMatch(/^user~[0-9a-f]{16}$/)
      expect(alert.matches[0]?.value).toBe(out.user?.name)
      expect(alert.entity).toBe(out.src_endpoint?.ip)
      expect(alert.title).toContain(out.dst_endpoint?.ip)
      expect(treated(event, fields, treating)).toEqual(out)
      const other = { names: new Pseudonyms(randomBytes(32)), ownNetworks }
      expect(treated(event, fields, other).user?.name).not.toBe(out.user?.name)
      expect(treating.names.hash('user', v.user.toLowerCase())).toBe(out.user?.name)
    }),
    { numRuns: 50 },
  )
  expect(treating.names.hash('ip', '2001:DB8:0:0::1')).toBe(
    treating.names.hash('ip', '2001:db8::1'),
  )
})

test('a hashed address is an address no host has; one that keeps its network is another host of it, and each host one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
      const { names } = treating
      const hashed = names.hash('ip', ip)
      expect(readIp(hashed)).toBeDefined()
      expect(hashed).toMatch(/^100:/)
      const moved = names.network('ip', ip)
      expect(readIp(moved)).not.toEqual(readIp(ip))
      const words = readIp(ip)
      const kept = ip.includes(':') && words?.[2] !== 0xffff ? 2 : 3
      expect(readIp(moved)?.slice(0, kept)).toEqual(words?.slice(0, kept))
    }),
  )
  const hosts = Array.from({ length: 256 }, (_, n) => treating.names.network('ip', `192.0.2.${n}`))
  expect(new Set(hosts).size).toBe(256)
  expect(hosts.every((host, n) => host.startsWith('192.0.2.') && host !== `192.0.2.${n}`)).toBe(
    true,
  )
})

test('a hostile record costs no more than its length', () => {
  const v = fc.sample(values, 1)[0] as Values
  const event = eventOf(v)
  const observables = Array.from({ length: 256 }, (_, n) => ({
    type: 'user' as const,
    value: `${'a'.repeat(1900)}${n}`,
    name: 'user.name',
  }))
  const started = performance.now()
  treated(
    { ...event, observables, message: 'a'.repeat(8000), status_detail: '1:'.repeat(4000) },
    treatmentsOf(ReleaseField.options, 'hash'),
    treating,
  )
  expect(performance.now() - started).toBeLessThan(1000)
})

test('words of closed lists stay what they are, whatever accounts and hosts are called', () => {
  const words = ['private', 'vpn', 'owner', 'VN', 'inbound', 'tool']
  for (const word of words) {
    const event: Event = {
      ...eventOf(Object.fromEntries(ReleaseField.options.map((field) => [field, word])) as never),
      connection_info: { direction: 'inbound' },
      http_request: { client: { name: 'sqlmap', kind: 'tool' } },
    }
    const clean = treated(event, [{ field: 'user', how: 'mask' }], treating)
    expect(EventSchema.safeParse(clean).success).toBe(true)
    expect(clean.dst_endpoint?.owner?.name).not.toBe(word)
    expect(clean.dst_endpoint?.lease?.filled).toEqual(['owner'])
  }
})
