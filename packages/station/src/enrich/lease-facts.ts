import type { Endpoint, Event, Observable, User } from '@haidang/contracts/event'
import { eventClasses } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { isoOf } from '@haidang/runtime/clock'
import { addressOf } from '../normalise/draft.ts'
import type { Lease, LeaseChange } from './lease-table.ts'

/** OCSF activities of DHCP Activity that give an address or take it back. */
const given = 5
const takenBack: ReadonlySet<number> = new Set([4, 7, 9])
const longestName = 255

/** An endpoint with what its lease says and the record does not; values worth looking up are added to `found`. */
export function withLease(
  endpoint: Endpoint,
  lease: Lease,
  path: string,
  found: Observable[],
): Endpoint {
  const { hostname, mac, user } = lease
  const isOther = mac !== undefined && endpoint.mac !== undefined && endpoint.mac !== mac
  const fill = {
    ...(hostname !== undefined && endpoint.hostname === undefined && { hostname }),
    ...(mac !== undefined && endpoint.mac === undefined && { mac }),
    ...(user !== undefined && endpoint.owner === undefined && { owner: user }),
  }
  const filled = Object.keys(fill) as ('hostname' | 'mac' | 'owner')[]
  if (isOther || filled.length === 0) return endpoint
  if (fill.hostname) {
    found.push({ type: 'hostname', value: fill.hostname.toLowerCase(), name: `${path}.hostname` })
  }
  if (fill.mac) found.push({ type: 'mac', value: fill.mac, name: `${path}.mac` })
  if (fill.owner?.name) {
    found.push({ type: 'user', value: fill.owner.name, name: `${path}.owner.name` })
  }
  return { ...endpoint, ...fill, lease: { kind: lease.kind, since: sinceOf(lease), filled } }
}

const beginnings = new WeakMap<Lease, string>()

/** Written once for each lease: it stands on every event of its client. */
function sinceOf(lease: Lease): string {
  const known = beginnings.get(lease)
  if (known !== undefined) return known
  const since = isoOf(lease.since)
  beginnings.set(lease, since)
  return since
}

/** What an event says about who has an address: DHCP servers, and VPN gateways that name the address they gave. */
export function leaseChangeOf(event: Event, hours: number): LeaseChange | undefined {
  const at = millisecondsOf(event.time)
  if (event.class_uid === eventClasses.dhcp_activity) return dhcpChange(event, at, hours)
  if (event.class_uid === eventClasses.authentication) return vpnChange(event, at, hours)
  if (event.class_uid === eventClasses.network_activity && event.user !== undefined) {
    return vpnChange(event, at, hours)
  }
  return undefined
}

function dhcpChange(event: Event, at: number, hours: number): LeaseChange | undefined {
  const { ip: address, mac, hostname } = event.src_endpoint ?? {}
  if (address === undefined || event.status === 'failure') return undefined
  if (takenBack.has(event.activity_id)) return { kind: 'end', address, at }
  if (event.activity_id !== given || (mac === undefined && hostname === undefined)) return undefined
  const host = hostname?.slice(0, longestName)
  return { kind: 'dhcp', address, at, until: at + hours * 3_600_000, mac, hostname: host }
}

/** Names under which gateways keep the address they gave. */
const assignedNames = ['assigned_ip', 'tunnelip', 'assignip', 'assigned', 'private_ip'] as const

function vpnChange(event: Event, at: number, hours: number): LeaseChange | undefined {
  const address = assignedAddress(event.unmapped)
  if (address === undefined) return undefined
  const isEnd = event.class_uid === eventClasses.authentication && event.activity_id === 2
  if (isEnd) return { kind: 'end', address, at }
  const user = userOf(event)
  if (user === undefined || event.status === 'failure') return undefined
  return { kind: 'vpn', address, at, until: at + hours * 3_600_000, user }
}

function assignedAddress(unmapped: Event['unmapped']): string | undefined {
  for (const name of assignedNames) {
    const value = Object.hasOwn(unmapped, name) ? unmapped[name] : undefined
    const address = typeof value === 'string' ? addressOf(value) : undefined
    if (address !== undefined && address !== '0.0.0.0') return address
  }
  return undefined
}

function userOf({ user, actor }: Event): User | undefined {
  const one = user?.name === undefined ? actor?.user : user
  return one?.name === undefined ? undefined : one
}
