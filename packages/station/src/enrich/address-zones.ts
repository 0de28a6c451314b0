import type { AddressZone } from '@haidang/contracts/enrichment'
import { type IpWords, isWithin, type Network, readNetwork } from '@haidang/detection/ip-address'

/** IANA IPv4 and IPv6 Special-Purpose Address Registries, and multicast (RFC 5771, RFC 4291). First match counts. */
const ranges: readonly (readonly [AddressZone, string])[] = [
  ['private', '10.0.0.0/8'],
  ['private', '192.168.0.0/16'],
  ['private', '172.16.0.0/12'],
  ['loopback', '127.0.0.0/8'],
  ['shared', '100.64.0.0/10'],
  ['link-local', '169.254.0.0/16'],
  ['multicast', '224.0.0.0/4'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '0.0.0.0'],
  ['documentation', '192.0.2.0/24'],
  ['documentation', '198.51.100.0/24'],
  ['documentation', '203.0.113.0/24'],
  ['benchmarking', '198.18.0.0/15'],
  ['reserved', '0.0.0.0/8'],
  ['reserved', '192.0.0.0/24'],
  ['reserved', '240.0.0.0/4'],
  ['link-local', 'fe80::/10'],
  ['private', 'fc00::/7'],
  ['loopback', '::1'],
  ['multicast', 'ff00::/8'],
  ['unspecified', '::'],
  ['documentation', '2001:db8::/32'],
  ['documentation', '3fff::/20'],
  ['benchmarking', '2001:2::/48'],
  ['reserved', '100::/64'],
  ['reserved', '5f00::/16'],
]

const zones: readonly (readonly [AddressZone, Network])[] = ranges.flatMap(([zone, text]) => {
  const network = readNetwork(text)
  return network === undefined ? [] : [[zone, network] as const]
})

/** The special-purpose range an address lies in; undefined for one that anybody on the Internet may have. */
export function zoneOf(ip: IpWords): AddressZone | undefined {
  return zones.find(([, network]) => isWithin(ip, network))?.[0]
}

/** Zones that never leave the network they are in. */
const near: ReadonlySet<AddressZone | undefined> = new Set<AddressZone>([
  'loopback',
  'link-local',
  'multicast',
  'broadcast',
])

/** Whether addresses of a zone are always on the near side of a border. */
export function isNear(zone: AddressZone | undefined): boolean {
  return near.has(zone)
}
