import type { Clock } from '../clock.ts'
import { Problem } from '../problem.ts'

export interface Rate {
  /** What one caller may do at once. */
  readonly burst: number
  /** What comes back each second. */
  readonly perSecond: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Callers remembered at most; the longest unseen is forgotten first. */
const capacity = 10_000

/** A token bucket for each caller, in memory. */
export class RateLimiter {
  readonly #rate: Rate
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate
    this.#clock = clock
  }

  /** Takes one token of `key`; throws Problem request.rate-limited when none is left. */
  take(key: string): void {
    const now = this.#clock.monotonic()
    const { burst, perSecond } = this.#rate
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now }
    this.#buckets.delete(key)
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    // What is refused costs nothing: else many who ask again together would keep each other out for ever.
    this.#buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
    this.#forgetOldest()
    if (tokens < 1) throw new Problem('request.rate-limited')
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= capacity) return
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
