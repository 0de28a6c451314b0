import type {
  RuleDocumentDraft,
  SampleTest,
  SampleTestResult,
} from '@haidang/contracts/rule-library'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { RuleService } from '../rules/rule-service.ts'
import type { TrialOutcome, TrialQueue, TrialRecord } from './rule-trial.ts'

const mostLines = 5000
const mostHits = 500
const mostUnreadable = 100
const longestMessage = 300

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
    const { rules, problems } = await this.#rules.usable(caller, documents)
    if (rules.length === 0) {
      return { lines: lines.length, unreadable: [], hits: [], fired: 0, problems }
    }
    const receivedAt = this.#clock.now()
    const records = lines.map(({ text }) => ({ text, format, logsource, receivedAt }))
    const outcome = await this.#examined(rules, records)
    const at = (index: number) => lines[index] ?? { text: '', line: 0 }
    return {
      lines: lines.length,
      unreadable: outcome.unreadable
        .slice(0, mostUnreadable)
        .map(({ index, reason }) => ({ line: at(index).line, reason })),
      hits: outcome.hits.slice(0, mostHits).map(({ index, rule, time, matches }) => ({
        rule_id: rule.id,
        rule_title: rule.title,
        line: at(index).line,
        event_id: null,
        time,
        message: at(index).text.slice(0, longestMessage),
        matches,
      })),
      fired: outcome.hits.length,
      problems,
    }
  }

  async #examined(
    rules: readonly RuleDocumentDraft[],
    records: readonly TrialRecord[],
  ): Promise<TrialOutcome> {
    if (this.#trials.isFull) throw new Problem('request.rate-limited', 'other trials are waiting')
    try {
      return await this.#trials.run(rules, (trial) => trial.examine(records))
    } catch (error) {
      throw new Problem('rule.trial-failed', error instanceof Error ? error.message : String(error))
    }
  }
}
