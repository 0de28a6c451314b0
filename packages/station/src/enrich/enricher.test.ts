import type { Event } from '@haidang/contracts/event'
import { Event as EventShape } from '@haidang/contracts/event'
import { mmdbOf } from '@haidang/testbed/mmdb-writer'
import { expect, test } from 'vitest'
import { toEvent } from '../normalise/to-event.ts'
import { Enricher } from './enricher.ts'
import { type EnrichmentTables, plainTables } from './enrichment-tables.ts'
import { buildKnownGood } from './known-good.ts'
import { LeaseTable } from './lease-table.ts'

const receivedAt = 1_795_316_400_000
const own = ['10.0.0.0/8', '2001:db8:1::/48']

function eventOf(line: string | Record<string, unknown>): Event {
  const text = typeof line === 'string' ? line : JSON.stringify(line)
  const position = { segment: 1, offset: 1 }
  const record = { position, origin: 's -', key: undefined, receivedAt, body: Buffer.from(text) }
  const context = { organisation_id: 'o', node_id: 'n', simulated: false, sources: new Map() }
  const read = toEvent(record, context)
  if (!read.ok) throw new Error(read.detail)
  return read.event
}

function flow(src_ip: string, dest_ip: string): Event {
  return eventOf({
    timestamp: '2026-11-22T09:58:12.345678+0700',
    event_type: 'flow',
    src_ip,
    src_port: 40_000,
    dest_ip,
    dest_port: 443,
    proto: 'TCP',
    flow: { state: 'new' },
  })
}

function enricher(tables: Partial<EnrichmentTables>, leases = new LeaseTable(100)): Enricher {
  return new Enricher({ ...plainTables(own), version: 'v', ...tables }, leases)
}

const databases = [
  mmdbOf(
    [
      ['11.1.0.0/16', { country: { iso_code: 'VN' }, registered_country: { iso_code: 'SG' } }],
      ['11.2.0.0/16', { registered_country: { iso_code: 'SG' } }],
      ['11.3.0.0/16', { country_code: 'JP', asn: 'AS64500', as_name: 'Flat' }],
      ['11.4.0.0/16', { country: 'not a code', asn: -1 + 1 }],
    ],
    { type: 'Country' },
  ),
  mmdbOf(
    [
      [
        '11.1.0.0/16',
        { autonomous_system_number: 64_496, autonomous_system_organization: 'Ví dụ' },
      ],
      ['11.3.0.0/16', { autonomous_system_number: 64_497 }],
    ],
    { type: 'ASN', recordBits: 24 },
  ),
]

test('country and autonomous system come from the databases, the first that knows counts', () => {
  const { src_endpoint, dst_endpoint } = enricher({ databases }).enrich(
    flow('11.1.2.3', '11.3.0.1'),
  )
  expect(src_endpoint).toMatchObject({
    ip: '11.1.2.3',
    location: { country: 'VN' },
    autonomous_system: { number: 64_496, name: 'Ví dụ' },
  })
  expect(dst_endpoint).toMatchObject({
    location: { country: 'JP' },
    autonomous_system: { number: 64_500, name: 'Flat' },
  })
  const other = enricher({ databases }).enrich(flow('11.2.2.3', '11.4.0.1'))
  expect(other.src_endpoint?.location).toEqual({ country: 'SG' })
  expect(other.dst_endpoint?.location).toBeUndefined()
})

test.each([
  ['10.1.1.1', '11.1.1.1', 'outbound'],
  ['11.1.1.1', '10.1.1.1', 'inbound'],
  ['10.1.1.1', '10.2.1.1', 'lateral'],
  ['10.1.1.1', '224.0.0.251', 'lateral'],
  ['2001:db8:1::5', '2001:db8:2::5', 'outbound'],
  ['11.1.1.1', '11.2.1.1', undefined],
])('from %s to %s is %s', (from, to, direction) => {
  const event = enricher({}).enrich(flow(from, to))
  expect(event.connection_info?.direction).toBe(direction)
})

test('a direction the record states stands', () => {
  const event = flow('10.1.1.1', '11.1.1.1')
  const stated = { ...event, connection_info: { direction: 'inbound' as const } }
  expect(enricher({}).enrich(stated).connection_info?.direction).toBe('inbound')
})

test('the longest network or name says which system an endpoint or host belongs to', () => {
  const systems = [
    { match: '10.1.0.0/16', system: { name: 'LAN', organisation: 'Bộ A' } },
    { match: '10.1.2.0/24', system: { name: 'Cổng dịch vụ công', level: 3 } },
    { match: 'dvc.example.vn', system: { name: 'Tên miền dịch vụ công' } },
  ]
  const one = enricher({ systems })
  const { src_endpoint, dst_endpoint } = one.enrich(flow('10.1.2.9', '10.1.3.9'))
  expect(src_endpoint?.system).toEqual({ name: 'Cổng dịch vụ công', level: 3 })
  expect(dst_endpoint?.system).toEqual({ name: 'LAN', organisation: 'Bộ A' })
  const device = { ip: '10.1.3.3', hostname: 'Web-1.DVC.example.vn' }
  const written = one.enrich({ ...flow('11.1.1.1', '11.1.1.2'), device })
  expect(written.device?.system).toEqual({ name: 'Tên miền dịch vụ công' })
  expect(one.enrich({ ...written, device: { hostname: 'example.vn' } }).device).toEqual({
    hostname: 'example.vn',
  })
})

test('values of known-good lists are marked with their lists, and only in the way the list means it', () => {
  const lists = [
    { name: 'names', type: 'hostname' as const, list: ['.example.com'] },
    { name: 'exact', type: 'string' as const, list: ['only.example.net', '11.1.1.1'] },
    { name: 'networks', type: 'cidr' as const, list: ['11.1.0.0/16', 'nonsense'] },
    { name: 'parts', type: 'substring' as const, list: ['example'] },
  ]
  const { tables: knownGood, values, problems } = buildKnownGood(lists, 'v')
  expect(values).toBe(4)
  expect(problems).toEqual([
    'parts: lists of type substring are not used',
    'networks: 1 of 2 values cannot be used',
  ])
  const ask = (type: 'ip' | 'domain', value: string) => {
    const event = { ...flow('11.9.9.9', '11.9.9.8'), observables: [{ type, value, name: 'x' }] }
    return enricher({ knownGood }).enrich(event).observables[0]?.known_good
  }
  expect(ask('domain', 'www.example.com')).toEqual(['names'])
  expect(ask('domain', 'only.example.net')).toEqual(['exact'])
  expect(ask('domain', 'not.only.example.net')).toBeUndefined()
  expect(ask('ip', '11.1.1.1')).toEqual(['exact', 'networks'])
  expect(ask('ip', '11.1.1.2')).toEqual(['networks'])
  expect(ask('ip', '11.2.1.2')).toBeUndefined()
})

const acknowledged =
  '<30>Nov 22 09:50:00 dhcp1 dhcpd[500]: DHCPACK on 10.9.0.7 to 00:53:00:aa:bb:cc (pc-lan) via eth0'

test('who was given an address stands on later events of it, named as known by lease', () => {
  const leases = new LeaseTable(100)
  const one = enricher({}, leases)
  for (const change of one.leasesOf(eventOf(acknowledged))) leases.learn(change)
  const event = one.enrich(flow('10.9.0.7', '11.1.1.1'))
  expect(event.src_endpoint).toMatchObject({
    hostname: 'pc-lan',
    mac: '00:53:00:aa:bb:cc',
    lease: { kind: 'dhcp', since: '2026-11-22T02:50:00.000Z', filled: ['hostname', 'mac'] },
  })
  expect(event.observables).toContainEqual({
    type: 'hostname',
    value: 'pc-lan',
    name: 'src_endpoint.hostname',
  })
  const before = { ...flow('10.9.0.7', '11.1.1.1'), time: '2026-11-22T02:49:59.000Z' }
  expect(one.enrich(before).src_endpoint?.hostname).toBeUndefined()
})

test('what the record itself says is never overwritten, and another hardware address is another host', () => {
  const leases = new LeaseTable(100)
  const one = enricher({}, leases)
  for (const change of one.leasesOf(eventOf(acknowledged))) leases.learn(change)
  const named = flow('10.9.0.7', '11.1.1.1')
  const src_endpoint = { ip: '10.9.0.7', hostname: 'said-so' }
  expect(one.enrich({ ...named, src_endpoint }).src_endpoint).toMatchObject({
    hostname: 'said-so',
    lease: { filled: ['mac'] },
  })
  const other = { ip: '10.9.0.7', mac: '00:53:00:00:00:01' }
  expect(one.enrich({ ...named, src_endpoint: other }).src_endpoint?.lease).toBeUndefined()
})

test('gateways of VPNs say which user has which address, and when it ends', () => {
  const one = enricher({})
  const leasesOf = (line: string) => one.leasesOf(eventOf(line))
  const openvpn = '<29>Nov 22 10:00:00 vpn openvpn[7]: an.nguyen/203.0.113.5:51234 '
  expect(
    leasesOf(`${openvpn}MULTI_sva: pool returned IPv4=10.8.0.6, IPv6=(Not enabled)`),
  ).toMatchObject([{ kind: 'vpn', address: '10.8.0.6', user: { name: 'an.nguyen' } }])
  const fortigate =
    'date=2026-11-22 time=10:00:00 devname="fw" devid="FGT" logid="0101039947" type="event" subtype="vpn" level="information" vd="root" action="tunnel-up" tunneltype="ssl-tunnel" remip=203.0.113.9 tunnelip=10.8.1.2 user="binh" msg="SSL tunnel established"'
  expect(leasesOf(fortigate)).toMatchObject([
    { kind: 'vpn', address: '10.8.1.2', user: { name: 'binh' } },
  ])
  expect(leasesOf(fortigate.replace('tunnel-up', 'tunnel-down'))).toMatchObject([
    { kind: 'end', address: '10.8.1.2' },
  ])
})

test('user agents are read, and posing as a browser does not hide a tool', () => {
  const client = (user_agent: string) => {
    return enricher({}).enrich({ ...flow('11.1.1.1', '10.1.1.1'), http_request: { user_agent } })
      .http_request?.client
  }
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
  expect(client(chrome)).toEqual({
    name: 'Chrome',
    version: '130.0.0.0',
    os: 'Windows 10/11',
    kind: 'browser',
  })
  expect(client(`${chrome} Edg/130.0.1.2`)).toMatchObject({ name: 'Edge', version: '130.0.1.2' })
  expect(
    client('Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)'),
  ).toMatchObject({ name: 'Nmap', kind: 'tool' })
  expect(client('sqlmap/1.8.2#stable (https://sqlmap.org)')).toEqual({
    name: 'sqlmap',
    version: '1.8.2',
    kind: 'tool',
  })
  expect(client('curl/8.5.0')).toEqual({ name: 'curl', version: '8.5.0', kind: 'library' })
  expect(client('Mozilla/5.0 (compatible; MyBot/2.0)')).toMatchObject({
    name: 'MyBot',
    kind: 'bot',
  })
  expect(
    client(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    ),
  ).toEqual({ name: 'Safari', version: '17.5', os: 'iOS', kind: 'browser' })
  expect(client('javascript-thing')).toBeUndefined()
})

test('an enriched event is as the contract says and comes out the same each time', () => {
  const { tables: knownGood } = buildKnownGood(
    [{ name: 'n', type: 'cidr', list: ['11.1.0.0/16'] }],
    'v',
  )
  const systems = [{ match: '10.0.0.0/8', system: { name: 'S' } }]
  const one = enricher({ databases, knownGood, systems })
  const event = flow('11.1.1.1', '10.1.1.1')
  const enriched = one.enrich(event)
  expect(EventShape.parse(JSON.parse(JSON.stringify(enriched)))).toEqual(enriched)
  expect(one.enrich(event)).toEqual(enriched)
  expect(one.enrich(enriched)).toEqual(enriched)
})
