import type {
  RuleDocumentDraft,
  SampleTest,
  SampleTestResult,
} from '@haidang/contracts/rule-library'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { RuleService } from '../rules/rule-service.ts'
import type { TrialQueue, TrialRecord } from './rule-trial.ts'

const mostLines = 5000
const mostHits = 500
const mostUnreadable = 100
const longestMessage = 300
const mostExplained = 200
const mostMisses = 500

/** Rules tried on pasted records; nothing is kept. */
export class SampleService {
  readonly #rules: RuleService
  readonly #trials: TrialQueue
  readonly #clock: Clock

  constructor(rules: RuleService, trials: TrialQueue, clock: Clock) {
    this.#rules = rules
    this.#trials = trials
    this.#clock = clock
  }

  /** Throws Problem request.too-large, request.rate-limited, rule.trial-failed. */
  async test(
    caller: Caller,
    { documents, samples, format, logsource }: SampleTest,
  ): Promise<SampleTestResult> {
    const lines = samples
      .split(/\r?\n/)
      .map((text, i) => ({ text, line: i + 1 }))
      .filter(({ text }) => text.trim() !== '')
    if (lines.length > mostLines) {
      throw new Problem('request.too-large', `${lines.length} samples; at most ${mostLines}`)
    }
    const { rules, companions, ids, problems } = await this.#rules.usable(caller, documents)
    if (rules.length === 0) {
      return { lines: lines.length, unreadable: [], hits: [], fired: 0, misses: [], problems }
    }
    const receivedAt = this.#clock.now()
    const records = lines.map(({ text }) => ({ text, format, logsource, receivedAt }))
    const { hits, unreadable, misses } = await this.#tried([...rules, ...companions], records, ids)
    const at = (index: number) => lines[index] ?? { text: '', line: 0 }
    return {
      lines: lines.length,
      unreadable: unreadable
        .slice(0, mostUnreadable)
        .map(({ index, reason }) => ({ line: at(index).line, reason })),
      hits: hits.slice(0, mostHits).map(({ index, rule, time, matches }) => ({
        rule_id: rule.id,
        rule_title: rule.title,
        line: at(index).line,
        event_id: null,
        time,
        message: at(index).text.slice(0, longestMessage),
        matches,
      })),
      fired: hits.length,
      misses: misses
        .slice(0, mostMisses)
        .map(({ index, rule, because, matches, logsource: is }) => ({
          rule_id: rule.id,
          rule_title: rule.title,
          line: at(index).line,
          because,
          matches: [...matches],
          logsource: is,
        })),
      problems,
    }
  }

  /** What fired, and why nothing did on the first records where nothing did; of these Sigma ids only. */
  async #tried(
    documents: readonly RuleDocumentDraft[],
    records: readonly TrialRecord[],
    ids: ReadonlySet<string>,
  ) {
    if (this.#trials.isFull) throw new Problem('request.rate-limited', 'other trials are waiting')
    const isAsked = ({ rule }: { readonly rule: { readonly id: string } }) => ids.has(rule.id)
    try {
      return await this.#trials.run(documents, async (trial) => {
        const { hits, unreadable } = await trial.examine(records)
        const asked = hits.filter(isAsked)
        const lit = new Set([...asked, ...unreadable].map(({ index }) => index))
        const dark = [...records.keys()].filter((index) => !lit.has(index)).slice(0, mostExplained)
        const misses = await trial.explain(dark.flatMap((index) => records[index] ?? []))
        const placed = misses.map((miss) => ({ ...miss, index: dark[miss.index] ?? 0 }))
        return { hits: asked, unreadable, misses: placed.filter(isAsked) }
      })
    } catch (error) {
      throw new Problem('rule.trial-failed', error instanceof Error ? error.message : String(error))
    }
  }
}
