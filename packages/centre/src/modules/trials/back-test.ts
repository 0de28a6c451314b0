import type { BackTest } from '@haidang/contracts/rule-library'
import { isoOf } from '@haidang/runtime/clock'
import type { TrialOutcome } from './rule-trial.ts'

type Result = Pick<BackTest, 'examined' | 'fired' | 'by_hour' | 'by_host' | 'hits'>

/** An event a rule was tried on. */
interface Tried {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly host: string
  readonly tlp_rank: number
  readonly message: string
}

const mostHits = 100
const mostHosts = 50
/** Hosts counted; of those beyond it nothing but the sum is known. */
const countedHosts = 10_000
const hour = 3_600_000
const longestMessage = 300

/** Counts where and when a rule fired. */
export class Tally {
  readonly #hours = new Map<number, number>()
  readonly #hosts = new Map<string, number>()
  readonly #hits: BackTest['hits'] = []
  #examined = 0
  #fired = 0
  #tlpRank = 0

  /** Adds what became of a batch of events. */
  add(tried: readonly Tried[], { hits }: TrialOutcome): void {
    this.#examined += tried.length
    for (const { index, rule, matches } of hits) {
      const event = tried[index]
      if (!event) continue
      this.#fired += 1
      this.#tlpRank = Math.max(this.#tlpRank, event.tlp_rank)
      const start = Math.floor(event.time / hour) * hour
      this.#hours.set(start, (this.#hours.get(start) ?? 0) + 1)
      this.#countHost(event.host)
      if (this.#hits.length >= mostHits) continue
      this.#hits.push({
        rule_id: rule.id,
        rule_title: rule.title,
        line: null,
        event_id: event.id,
        time: isoOf(event.time),
        message: event.message.slice(0, longestMessage),
        matches: [...matches],
      })
    }
  }

  /** The highest TLP of what is in the result. */
  get tlpRank(): number {
    return this.#tlpRank
  }

  get result(): Result {
    const by_hour = [...this.#hours]
      .sort(([a], [b]) => a - b)
      .map(([start, count]) => ({ hour: isoOf(start), count }))
    const by_host = [...this.#hosts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, mostHosts)
      .map(([host, count]) => ({ host, count }))
    const { examined, fired } = { examined: this.#examined, fired: this.#fired }
    return { examined, fired, by_hour, by_host, hits: this.#hits }
  }

  #countHost(host: string): void {
    const known = this.#hosts.get(host)
    if (known === undefined && this.#hosts.size >= countedHosts) return
    this.#hosts.set(host, (known ?? 0) + 1)
  }
}
