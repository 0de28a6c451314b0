import { millisecondsOf } from '@haidang/contracts/instant'
import { readIp } from '@haidang/detection/ip-address'
import type { Indicator } from './indicator.ts'
import { type Payload, plainNumber } from './payload.ts'

/**
 * A response policy zone: names, and all below them, answer NXDOMAIN, and so does what resolves to one of the
 * addresses. Owner names are relative, so that the zone may be loaded under any name.
 */
export function rpzZone(payload: Payload): string {
  const serial = Math.floor(millisecondsOf(payload.updated_at) / 1_000) % 2 ** 32
  const head = [
    `; ${plainNumber(payload.number)} version ${payload.version}, TLP:${payload.tlp.toUpperCase()}`,
    ...(payload.simulated ? ['; simulated: not for production'] : []),
    '$TTL 300',
    `@ IN SOA localhost. hostmaster.localhost. ${serial} 3600 600 86400 300`,
    '@ IN NS localhost.',
  ]
  const rules = new Set(payload.indicators.flatMap(ownersOf).map((owner) => `${owner} CNAME .`))
  return `${[...head, ...rules].join('\n')}\n`
}

/** Longest owner name that still leaves room for the zone's own name. */
const longestOwner = 200

function ownersOf(indicator: Indicator): string[] {
  if (indicator.kind === 'domain') {
    if (indicator.text.length > longestOwner) return []
    return [indicator.text, `*.${indicator.text}`]
  }
  if (indicator.kind !== 'address' && indicator.kind !== 'network') return []
  const [address = '', bits = indicator.family === 4 ? '32' : '128'] = indicator.text.split('/')
  const groups = indicator.family === 4 ? address.split('.') : groupsOf(address)
  return [[bits, ...groups.toReversed(), 'rpz-ip'].join('.')]
}

/** The eight groups of an IPv6 address, the longest run of zeros as `zz`. */
function groupsOf(address: string): string[] {
  const words = [...(readIp(address) ?? [])].flatMap((word) => [word >>> 16, word & 0xffff])
  const texts = words.map((word) => word.toString(16))
  const runs = words.map((_, from) => words.slice(from).findIndex((word) => word !== 0))
  const lengths = runs.map((run, from) => (run === -1 ? words.length - from : run))
  const most = Math.max(...lengths)
  if (most < 2) return texts
  const from = lengths.indexOf(most)
  return [...texts.slice(0, from), 'zz', ...texts.slice(from + most)]
}
