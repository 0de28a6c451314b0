import { loadavg } from 'node:os'
import type { Event } from '@haidang/contracts/event'
import { Enricher } from '@haidang/station/enrich/enricher'
import type { EnrichmentTables } from '@haidang/station/enrich/enrichment-tables'
import { buildKnownGood } from '@haidang/station/enrich/known-good'
import { LeaseTable } from '@haidang/station/enrich/lease-table'
import { toEvent } from '@haidang/station/normalise/to-event'
import { mmdbOf } from '@haidang/testbed/mmdb-writer'
import { type Figure, median } from './figure.ts'
import { laneOf } from './load/lane.ts'

const events = 20_000
const runs = 7
const addresses = 5_000

/**
 * What enrichment costs an event, in processor time of one thread: the lane as it is, whose addresses come again,
 * and the same with addresses that never do. All tables are filled: two databases of 20,000 networks, 1,000
 * systems, 100,000 known-good values, 10,000 leases.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const lane = laneOf('mixed_schema')
  const made = eventsOf(lane.lines)
  const leases = leaseTable()
  const plain = new Enricher(
    { ...tables(), knownGood: undefined, databases: [], systems: [] },
    new LeaseTable(1),
  )
  yield figure('nothing-configured', cost(plain, made), `lane ${lane.name}`)
  const full = new Enricher(tables(), leases)
  yield figure('everything', cost(full, made), `lane ${lane.name}`)
  yield figure(
    'everything.known-addresses',
    cost(full, addressed(made, addresses)),
    'own addresses',
  )
  yield figure(
    'everything.new-addresses',
    cost(full, addressed(made, 2 ** 32)),
    'never seen before',
  )
}

function figure(name: string, value: number, of: string): Figure {
  return {
    name: `enrich.${name}`,
    value: Math.round(value * 100) / 100,
    unit: `µs of processor time/event, ${of}`,
    median_of: runs,
    beside: { name: 'load average', value: loadavg()[0] ?? 0 },
  }
}

/** Microseconds of processor time for one event, less what a loop over the events takes. */
function cost(enricher: Enricher, made: readonly Event[]): number {
  const times = Array.from({ length: runs + 2 }, () => {
    const before = process.cpuUsage()
    for (const event of made) enricher.enrich(event)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / made.length
  })
  return median(times.slice(2))
}

function eventsOf(lines: readonly string[]): Event[] {
  const context = { organisation_id: 'o', node_id: 'n', simulated: false, sources: new Map() }
  const made: Event[] = []
  for (let i = 0; made.length < events && i < events * 2; i++) {
    const read = toEvent(
      {
        position: { segment: 0, offset: i },
        origin: '{"sourceId":"s"}',
        key: undefined,
        receivedAt: 1_767_578_400_000,
        body: Buffer.from(lines[i % lines.length] ?? ''),
      },
      context,
    )
    if (read.ok) made.push(read.event)
  }
  return made
}

/** The events as of a firewall: every one has two addresses of so many. */
function addressed(made: readonly Event[], among: number): Event[] {
  let last = 1
  const next = () => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0
    return last % among
  }
  const address = (n: number) =>
    [11 + ((n >>> 24) % 200), (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.')
  return made.map((event) => ({
    ...event,
    src_endpoint: { ...event.src_endpoint, ip: address(next()) },
    dst_endpoint: { ...event.dst_endpoint, ip: `10.1.${next() % 40}.${next() % 250}` },
  }))
}

function tables(): EnrichmentTables {
  const networks = Array.from(
    { length: 20_000 },
    (_, n) => `${11 + (n % 200)}.${(n * 7) % 256}.${Math.floor(n / 200)}.0/24`,
  )
  const country = networks.map(
    (network, n) => [network, { country: { iso_code: n % 2 ? 'VN' : 'SG' } }] as const,
  )
  const asn = networks.map(
    (network, n) =>
      [
        network,
        {
          autonomous_system_number: 64_512 + (n % 1_000),
          autonomous_system_organization: `AS ${n % 1_000}`,
        },
      ] as const,
  )
  const lists = [
    {
      name: 'names',
      type: 'hostname' as const,
      list: Array.from({ length: 90_000 }, (_, n) => `site-${n}.example`),
    },
    { name: 'networks', type: 'cidr' as const, list: networks.slice(0, 10_000) },
  ]
  return {
    version: 'bench',
    databases: [mmdbOf(country, { type: 'Country' }), mmdbOf(asn, { type: 'ASN' })],
    ownNetworks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
    systems: Array.from({ length: 1_000 }, (_, n) => ({
      match: `10.${n % 200}.${n % 250}.0/24`,
      system: { name: `System ${n}` },
    })),
    knownGood: buildKnownGood(lists, 'bench').tables,
    lowerKnownGood: false,
    leaseHours: 24,
  }
}

function leaseTable(): LeaseTable {
  const leases = new LeaseTable(100_000)
  for (let n = 0; n < 10_000; n++) {
    const address = `10.1.${n % 40}.${Math.floor(n / 40)}`
    leases.learn({
      kind: 'dhcp',
      address,
      at: 0,
      until: 4_000_000_000_000,
      mac: `02:00:00:00:00:${n}`,
      hostname: `pc-${n}`,
    })
  }
  return leases
}
