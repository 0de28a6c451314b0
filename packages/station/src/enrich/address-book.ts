import type { Endpoint } from '@haidang/contracts/event'
import { type Network, readIpInto, readNetwork } from '@haidang/detection/ip-address'
import { AddressDatabases } from './address-databases.ts'
import { isNear, zoneOf } from './address-zones.ts'
import type { EnrichmentTables } from './enrichment-tables.ts'
import { RecentValues } from './recent-values.ts'
import { isInAny, SystemTable } from './system-table.ts'

/** Side of the border of the operator's networks an address is on; `near` ones never leave theirs. */
export type Side = 'own' | 'other' | 'near'

/** What is known of an address, without asking who used it. */
export interface AddressFacts {
  readonly attributes: Pick<Endpoint, 'location' | 'autonomous_system' | 'zone' | 'system'>
  /** Whether there are any. */
  readonly isKnown: boolean
  readonly side: Side | undefined
}

const remembered = 50_000
const noAddress: AddressFacts = { attributes: {}, isKnown: false, side: undefined }

/** Countries, autonomous systems, zones, own networks and owning systems of addresses, lately asked ones remembered. */
export class AddressBook {
  readonly #databases: AddressDatabases
  readonly #own: readonly Network[]
  readonly #systems: SystemTable
  readonly #words = new Uint32Array(4)
  readonly #recent = new RecentValues<AddressFacts>(remembered)
  readonly #make: (address: string) => AddressFacts

  /** Throws RangeError for bytes that are no MaxMind DB. */
  constructor({ databases, ownNetworks, systems }: EnrichmentTables) {
    this.#databases = new AddressDatabases(databases)
    this.#own = ownNetworks.flatMap((text) => readNetwork(text) ?? [])
    this.#systems = new SystemTable(systems)
    this.#make = (address) => this.#factsOf(address)
  }

  /** Of an address as text. */
  of(address: string): AddressFacts {
    return this.#recent.get(address, this.#make)
  }

  /** The information system a host belongs to, by its name. */
  systemOfName(host: string): Endpoint['system'] {
    return this.#systems.ofName(host)
  }

  #factsOf(address: string): AddressFacts {
    const words = this.#words
    if (!readIpInto(words, address, 0, address.length)) return noAddress
    const [a = 0, b = 0, c = 0, d = 0] = words
    const ip = [a, b, c, d] as const
    const zone = zoneOf(ip)
    const isOwn = isInAny(ip, this.#own)
    const origin = this.#databases.of(words)
    const system = this.#systems.ofAddress(ip)
    const location = isOwn ? { ...origin.location, is_on_premises: true } : origin.location
    const attributes = {
      ...(location && { location }),
      ...(origin.autonomous_system && { autonomous_system: origin.autonomous_system }),
      ...(zone && { zone }),
      ...(system && { system }),
    }
    const side = isNear(zone) ? 'near' : isOwn ? 'own' : 'other'
    return { attributes, isKnown: Object.keys(attributes).length > 0, side }
  }
}
