import type { Endpoint } from '@haidang/contracts/event'
import { Mmdb } from './mmdb.ts'
import type { MmdbMap, MmdbValue } from './mmdb-values.ts'

/** What databases say of an address. */
export type AddressOrigin = Pick<Endpoint, 'location' | 'autonomous_system'>

const nothing: AddressOrigin = {}
/** Records remembered of one database; countries are some 250, autonomous systems some 80,000. */
const mostRecords = 100_000
const longestName = 200

/** Databases of countries and autonomous systems, asked one after the other: the first that knows counts. */
export class AddressDatabases {
  readonly #databases: readonly {
    readonly mmdb: Mmdb
    readonly records: Map<number, AddressOrigin>
  }[]

  /** Throws RangeError for bytes that are no MaxMind DB. */
  constructor(databases: readonly Uint8Array[]) {
    this.#databases = databases.map((bytes) => ({ mmdb: new Mmdb(bytes), records: new Map() }))
  }

  /** Country and autonomous system of an address. */
  of(words: Uint32Array): AddressOrigin {
    let known = nothing
    for (const { mmdb, records } of this.#databases) {
      const place = mmdb.find(words)
      if (place < 0) continue
      let origin = records.get(place)
      if (origin === undefined) {
        origin = originOf(mmdb.read(place))
        if (records.size >= mostRecords) records.clear()
        records.set(place, origin)
      }
      known = known === nothing ? origin : { ...origin, ...known }
    }
    return known
  }
}

/** Reads the fields that databases in use have: those of MaxMind and DB-IP, and the flat ones of IPinfo. */
export function originOf(record: MmdbValue): AddressOrigin {
  if (!(record instanceof Map)) return nothing
  const country =
    isoCode(mapIn(record, 'country')?.get('iso_code')) ??
    isoCode(mapIn(record, 'registered_country')?.get('iso_code')) ??
    isoCode(record.get('country_code')) ??
    isoCode(record.get('country'))
  const number = systemNumber(record.get('autonomous_system_number') ?? record.get('asn'))
  const name = record.get('autonomous_system_organization') ?? record.get('as_name')
  return {
    ...(country && { location: { country } }),
    ...(number !== undefined && {
      autonomous_system: {
        number,
        ...(typeof name === 'string' && name !== '' && { name: name.slice(0, longestName) }),
      },
    }),
  }
}

function mapIn(record: MmdbMap, name: string): MmdbMap | undefined {
  const value = record.get(name)
  return value instanceof Map ? value : undefined
}

function isoCode(value: MmdbValue): string | undefined {
  return typeof value === 'string' && /^[A-Z]{2}$/.test(value) ? value : undefined
}

/** A number, or `AS` and a number. */
function systemNumber(value: MmdbValue): number | undefined {
  const text = typeof value === 'string' ? value.replace(/^AS/, '') : String(value ?? '')
  if (!/^\d{1,10}$/.test(text)) return undefined
  const number = Number(text)
  return number <= 0xffff_ffff ? number : undefined
}
