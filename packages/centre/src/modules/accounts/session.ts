import type { AccessPolicy } from '@haidang/contracts/factor'

const minute = 60_000

interface LockRule {
  /** Failures that cost nothing. */
  readonly free: number
  /** Length of the first lock; every failure more doubles it, up to the longest. */
  readonly first: number
  readonly longest: number
}

/** An account is guessed by one attacker; behind one address a whole office may sit. */
export const lockRules = {
  account: { free: 5, first: minute / 2, longest: 15 * minute },
  address: { free: 30, first: minute / 2, longest: 15 * minute },
} as const satisfies Record<string, LockRule>

/** Failures are forgotten after this many milliseconds without a new one. */
export const failureMemory = 60 * minute

/** Milliseconds nobody may try again after this many failures in a row; 0: none. */
export function lockAfter(failures: number, rule: LockRule): number {
  if (failures < rule.free) return 0
  return Math.min(rule.first * 2 ** Math.min(failures - rule.free, 20), rule.longest)
}

/** How exact the time of last use is kept, in seconds: a write for every request would cost too much. */
export const useResolution = 60

/** Whether a session, `age` and `idle` in seconds, has outlived what the policy allows. */
export function outlived(
  { age, idle }: { readonly age: number; readonly idle: number },
  policy: Pick<AccessPolicy, 'idle_minutes' | 'absolute_hours'>,
): boolean {
  return age > policy.absolute_hours * 3600 || idle > policy.idle_minutes * 60 + useResolution
}

/** One name for all addresses of one customer: IPv4 whole, IPv6 by its /64, mapped IPv4 as IPv4. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = address.includes('::') ? Math.max(8 - left.length - right.length, 0) : 0
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
