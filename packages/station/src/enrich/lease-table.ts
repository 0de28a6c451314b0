import type { User } from '@haidang/contracts/event'

/** An address given to someone, or given back. */
export type LeaseChange =
  | {
      readonly kind: 'dhcp' | 'vpn'
      readonly address: string
      /** Milliseconds since the epoch, as `until`: when it was given, and how long it stands unless renewed. */
      readonly at: number
      readonly until: number
      readonly hostname?: string | undefined
      readonly mac?: string | undefined
      readonly user?: User | undefined
    }
  | { readonly kind: 'end'; readonly address: string; readonly at: number }

/** Who had an address over a stretch of time. */
export interface Lease {
  readonly kind: 'dhcp' | 'vpn'
  /** Milliseconds since the epoch; `until` is not part of it. */
  readonly since: number
  readonly until: number
  readonly hostname?: string | undefined
  readonly mac?: string | undefined
  readonly user?: User | undefined
}

/** The table as it is kept: the addresses longest without a change first. */
export type KeptLeases = readonly (readonly [address: string, leases: readonly Lease[]])[]

/** Stretches kept of one address. */
const mostOfAddress = 8

/**
 * Who had which address when, of at most `most` addresses: the ones longest without a change go first. The same
 * changes in the same order always give the same table; a change told twice changes nothing more.
 */
export class LeaseTable {
  readonly #most: number
  readonly #leases = new Map<string, readonly Lease[]>()

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#leases.size
  }

  /** Who had an address at a time, in milliseconds since the epoch. */
  at(address: string, time: number): Lease | undefined {
    const leases = this.#leases.get(address)
    return leases?.findLast(({ since, until }) => since <= time && time < until)
  }

  learn(change: LeaseChange): void {
    const { address } = change
    const known = this.#leases.get(address) ?? []
    const leases = change.kind === 'end' ? ended(known, change.at) : granted(known, change)
    if (leases.length === 0) return
    this.#leases.delete(address)
    this.#leases.set(address, leases)
    const [oldest] = this.#leases.keys()
    if (this.#leases.size > this.#most && oldest !== undefined) this.#leases.delete(oldest)
  }

  /** Everything, to be restored elsewhere. */
  keep(): KeptLeases {
    return [...this.#leases]
  }

  /** Takes over what was kept; what is known already of the same addresses goes. */
  restore(kept: KeptLeases): void {
    for (const [address, leases] of kept.slice(-this.#most)) this.#leases.set(address, leases)
  }
}

function ended(leases: readonly Lease[], at: number): readonly Lease[] {
  return leases.map((lease) =>
    lease.since <= at && at < lease.until ? { ...lease, until: at } : lease,
  )
}

/** Late ones, too, take their place in the order of time; who is given an address ends the lease before. */
function granted(
  leases: readonly Lease[],
  { at, until, kind, hostname, mac, user }: Extract<LeaseChange, { kind: 'dhcp' | 'vpn' }>,
): readonly Lease[] {
  const fresh: Lease = { kind, since: at, until, hostname, mac, user }
  const before = leases.findLastIndex(({ since }) => since <= at)
  const earlier = leases[before]
  if (earlier !== undefined && isSame(earlier, fresh) && at <= earlier.until) {
    const end = Math.max(earlier.until, Math.min(until, leases[before + 1]?.since ?? until))
    const renewed = { ...earlier, ...present(fresh), since: earlier.since, until: end }
    return leases.with(before, renewed)
  }
  const next = leases[before + 1]
  const head = leases.slice(0, before + 1)
  if (earlier !== undefined) head[before] = { ...earlier, until: Math.min(earlier.until, at) }
  const placed = { ...fresh, until: Math.min(until, next?.since ?? until) }
  return [...head, placed, ...leases.slice(before + 1)].slice(-mostOfAddress)
}

/** Whether two leases are of the same client: by user, else by hardware address, else by name. */
function isSame(one: Lease, other: Lease): boolean {
  if (one.kind !== other.kind) return false
  if (one.user?.name !== undefined || other.user?.name !== undefined) {
    return one.user?.name === other.user?.name
  }
  if (one.mac !== undefined || other.mac !== undefined) return one.mac === other.mac
  return one.hostname === other.hostname
}

function present({ hostname, mac, user }: Lease): Partial<Lease> {
  return { ...(hostname && { hostname }), ...(mac && { mac }), ...(user && { user }) }
}
