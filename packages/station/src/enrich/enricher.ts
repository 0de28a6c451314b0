import type { Endpoint, Event, Observable } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { AddressBook, type Side } from './address-book.ts'
import type { EnrichmentTables } from './enrichment-tables.ts'
import { KnownGood } from './known-good.ts'
import { leaseChangeOf, withLease } from './lease-facts.ts'
import type { LeaseChange, LeaseTable } from './lease-table.ts'
import { RecentValues } from './recent-values.ts'
import { readUserAgent } from './user-agent.ts'

type Client = NonNullable<Event['http_request']>['client']
type Direction = NonNullable<Event['connection_info']>['direction']

const remembered = 20_000
const noLists: readonly string[] = []
const noChanges: readonly LeaseChange[] = []
const most = 256

/**
 * Adds to an event what the tables know: countries, autonomous systems, zones, direction, owning systems, the
 * browser or tool of a user agent, who had an address by lease, and which values are known to be harmless. What
 * the record itself says always stands. The same event, tables and leases give the same event.
 */
export class Enricher {
  readonly version: string
  readonly lowersKnownGood: boolean
  readonly #leaseHours: number
  readonly #addresses: AddressBook
  readonly #knownGood: KnownGood | undefined
  readonly #leases: LeaseTable
  readonly #clients = new RecentValues<{ readonly facts: Client }>(remembered)
  readonly #lists = new RecentValues<readonly string[]>(remembered)
  readonly #hosts = new RecentValues<{ readonly system: Endpoint['system'] }>(remembered)
  readonly #makeClient = (text: string) => ({ facts: readUserAgent(text) })
  readonly #makeHost = (name: string) => ({ system: this.#addresses.systemOfName(name) })

  /** Throws RangeError for a database that is none. */
  constructor(tables: EnrichmentTables, leases: LeaseTable) {
    this.version = tables.version
    this.lowersKnownGood = tables.lowerKnownGood
    this.#leaseHours = tables.leaseHours
    this.#addresses = new AddressBook(tables)
    const knownGood = tables.knownGood && new KnownGood(tables.knownGood)
    this.#knownGood = knownGood?.isEmpty === false ? knownGood : undefined
    this.#leases = leases
  }

  enrich(event: Event): Event {
    const { src_endpoint: source, dst_endpoint: target, device, http_request: request } = event
    const found: Observable[] = []
    const time = this.#leases.size === 0 ? 0 : millisecondsOf(event.time)
    const src = source && this.#endpoint(source, 'src_endpoint', time, found)
    const dst = target && this.#endpoint(target, 'dst_endpoint', time, found)
    const host = device && this.#device(device)
    const client = request?.user_agent === undefined ? undefined : this.#client(request.user_agent)
    const direction = this.#direction(event)
    const observables = this.#observables(event.observables, found)
    // One copy, then what is new: for every event, spreading conditions costs several times as much.
    const enriched = { ...event, observables }
    if (src !== undefined) enriched.src_endpoint = src
    if (dst !== undefined) enriched.dst_endpoint = dst
    if (host !== undefined) enriched.device = host
    if (client !== undefined) enriched.http_request = { ...request, client }
    if (direction !== undefined) {
      enriched.connection_info = { ...event.connection_info, direction }
    }
    return enriched
  }

  /** What an event says about who has an address. */
  leasesOf(event: Event): readonly LeaseChange[] {
    const change = leaseChangeOf(event, this.#leaseHours)
    return change === undefined ? noChanges : [change]
  }

  #endpoint(given: Endpoint, path: string, time: number, found: Observable[]): Endpoint {
    const { ip, hostname, domain } = given
    const facts = ip === undefined ? undefined : this.#addresses.of(ip)
    let endpoint = facts?.isKnown === true ? { ...facts.attributes, ...given } : given
    const name = hostname ?? domain
    if (endpoint.system === undefined && name !== undefined) {
      const system = this.#systemOf(name)
      if (system !== undefined) endpoint = { ...endpoint, system }
    }
    if (time === 0 || ip === undefined) return endpoint
    const lease = this.#leases.at(ip, time)
    return lease === undefined ? endpoint : withLease(endpoint, lease, path, found)
  }

  /** Of the host that wrote the record only its system is asked: the rest says nothing new of it. */
  #device(device: Endpoint): Endpoint | undefined {
    const { ip, hostname } = device
    const system =
      (hostname === undefined ? undefined : this.#systemOf(hostname)) ??
      (ip === undefined ? undefined : this.#addresses.of(ip).attributes.system)
    return system === undefined || device.system !== undefined ? undefined : { ...device, system }
  }

  #systemOf(host: string): Endpoint['system'] {
    return this.#hosts.get(host, this.#makeHost).system
  }

  #client(agent: string): Client {
    if (agent.length > 2_048) return readUserAgent(agent)
    return this.#clients.get(agent, this.#makeClient).facts
  }

  #direction({ src_endpoint, dst_endpoint, connection_info }: Event): Direction {
    if (connection_info?.direction !== undefined) return undefined
    if (src_endpoint?.ip === undefined || dst_endpoint?.ip === undefined) return undefined
    return directionOf(
      this.#addresses.of(src_endpoint.ip).side,
      this.#addresses.of(dst_endpoint.ip).side,
    )
  }

  #observables(given: Observable[], found: readonly Observable[]): Observable[] {
    const all = found.length === 0 ? given : withNew(given, found)
    if (this.#knownGood === undefined) return all
    let marked: Observable[] | undefined
    for (let i = 0; i < all.length; i++) {
      const observable = all[i]
      const lists = observable === undefined ? noLists : this.#listsOf(observable)
      if (observable === undefined || lists.length === 0) continue
      marked ??= [...all]
      marked[i] = { ...observable, known_good: [...lists] }
    }
    return marked ?? all
  }

  #listsOf({ type, value }: Observable): readonly string[] {
    if (!listed.has(type)) return noLists
    return this.#lists.get(value, () => this.#knownGood?.listsOf(type, value) ?? noLists)
  }
}

/** Types of observables that lists may hold. */
const listed: ReadonlySet<Observable['type']> = new Set<Observable['type']>([
  'ip',
  'domain',
  'hostname',
  'url',
  'email',
  'md5',
  'sha1',
  'sha256',
])

/** Which way a connection goes over the border of the operator's networks; undefined where none of them takes part. */
function directionOf(from: Side | undefined, to: Side | undefined): Direction {
  if (from === undefined || to === undefined) return undefined
  if (from === 'other') return to === 'own' ? 'inbound' : undefined
  if (to === 'other') return from === 'own' ? 'outbound' : undefined
  return 'lateral'
}

function withNew(given: Observable[], found: readonly Observable[]): Observable[] {
  const fresh = found.filter(
    ({ type, value }) => !given.some((each) => each.type === type && each.value === value),
  )
  return [...given, ...fresh].slice(0, most)
}
