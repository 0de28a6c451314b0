import { setTimeout as delay } from 'node:timers/promises'
import type { HealthCheck } from '@haidang/contracts/health'
import type { Rule, RuleSetSummary } from '@haidang/contracts/rule'
import type { RuleEntry } from '@haidang/detection/sigma/rule-entry'
import { healthy } from '@haidang/runtime/health'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { LoadedSets } from './examine-messages.ts'
import type { Examiner } from './examiner.ts'
import { indicatorEndings } from './indicator-files.ts'
import {
  type FoundFile,
  findFiles,
  findNamedFiles,
  fingerprintOf,
  type NamedFile,
  readPipelineFiles,
  readRuleFiles,
  ruleEndings,
  type WatchedDirectory,
} from './rule-files.ts'

export interface RuleServiceParts {
  readonly examiner: Examiner
  readonly log: Log
  readonly rules: readonly WatchedDirectory[]
  /** What rewrites the rules as they are loaded. */
  readonly pipelines: readonly NamedFile[]
  readonly indicators: readonly WatchedDirectory[]
  /** Alerts of the last 24 hours by rule id. */
  readonly hits: () => Promise<ReadonlyMap<string, number>>
  /** How often files are looked at, in milliseconds. */
  readonly interval?: number
}

/** A rule with its text, as it was found. */
export type FullRule = Rule & { readonly text: string }

const empty: RuleSetSummary = {
  version: '',
  active: 0,
  errors: 0,
  loaded_at: '1970-01-01T00:00:00.000Z',
  indicators: 0,
  indicator_version: '',
}

/**
 * Keeps the examiner's rules and indicators in step with the files on disk. What cannot be read leaves
 * the sets in force as they are, and is said in `problem`.
 */
export class RuleService {
  readonly #parts: RuleServiceParts
  #loaded: LoadedSets | undefined
  #fingerprint = ''
  #problem: string | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(parts: RuleServiceParts) {
    this.#parts = parts
  }

  /** Why the files on disk are not in force; undefined when they are. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Loads once, then whenever files change, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.refresh()
      await delay(this.#parts.interval ?? 5_000, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Loads if the files are not those in force. A failure is kept in `problem` and logged. */
  async refresh(): Promise<void> {
    try {
      await this.#queued(() => this.#loadIfChanged())
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      if (cause !== this.#problem) this.#parts.log.error({ cause }, 'rules could not be loaded')
      this.#problem = cause
    }
  }

  /** Loads from disk, changed or not. Throws Problem rule-set.unreadable and keeps what is in force. */
  async reload(): Promise<RuleSetSummary> {
    try {
      await this.#queued(async () => this.#load(await this.#find()))
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error)
      throw new Problem('rule-set.unreadable', this.#problem)
    }
    return this.summary()
  }

  /** For `/readyz`: whether rules are in force, and whether they are those on disk. */
  async check(): Promise<Pick<HealthCheck, 'state' | 'cause' | 'remedy'>> {
    const { active, errors } = this.summary()
    const remedy = {
      vi: 'Sửa tệp luật được nêu rồi nạp lại: haidang rules reload',
      en: 'Correct the rule file named, then: haidang rules reload',
    }
    if (this.#problem !== undefined) {
      const cause = {
        vi: `Không đọc được luật: ${this.#problem}; bộ luật cũ vẫn có hiệu lực`,
        en: `Rules cannot be read: ${this.#problem}; the old set stays in force`,
      }
      return { state: this.#loaded === undefined ? 'fail' : 'warn', cause, remedy }
    }
    const cause = {
      vi: `${active} luật có hiệu lực, ${errors} luật lỗi`,
      en: `${active} rules in force, ${errors} with errors`,
    }
    if (active > 0 && errors === 0) return healthy(cause.vi, cause.en)
    return { state: 'warn', cause, remedy }
  }

  summary(): RuleSetSummary {
    return this.#loaded?.summary ?? empty
  }

  /** Every rule found, usable or not, with its hits. */
  async list(): Promise<Rule[]> {
    const hits = await this.#parts.hits()
    return (this.#loaded?.rules ?? []).map(({ text: _, ...rule }) => ({
      ...rule,
      hits: hits.get(rule.id) ?? 0,
    }))
  }

  /** One rule with the text of its file. Throws Problem rule.not-found. */
  async get(id: string): Promise<FullRule> {
    const rule = this.#loaded?.rules.find((each: RuleEntry) => each.id === id)
    if (rule === undefined) throw new Problem('rule.not-found')
    const hits = await this.#parts.hits()
    return { ...rule, hits: hits.get(id) ?? 0 }
  }

  #queued(work: () => Promise<void>): Promise<void> {
    const done = this.#running.then(work)
    this.#running = done.catch(() => undefined)
    return done
  }

  async #find(): Promise<Found> {
    const rules = await findFiles(this.#parts.rules, ruleEndings)
    const indicators = await findFiles(this.#parts.indicators, indicatorEndings)
    const pipelines = await findNamedFiles(this.#parts.pipelines)
    return { rules, indicators, pipelines }
  }

  async #loadIfChanged(): Promise<void> {
    const found = await this.#find()
    if (fingerprintOf(allOf(found)) === this.#fingerprint) {
      this.#problem = undefined
      return
    }
    await this.#load(found)
  }

  async #load(found: Found): Promise<void> {
    const documents = await readRuleFiles(found.rules)
    const pipelines = await readPipelineFiles(found.pipelines)
    const loaded = await this.#parts.examiner.load({ documents, pipelines }, found.indicators)
    this.#loaded = loaded
    this.#fingerprint = fingerprintOf(allOf(found))
    this.#problem = undefined
    const { active, errors } = loaded.summary
    this.#parts.log.info(
      { active, errors, indicators: loaded.summary.indicators },
      'rules and indicators loaded',
    )
    this.#warn(loaded)
  }

  #warn({ rules, indicatorProblems }: LoadedSets): void {
    const broken = rules.flatMap(({ problem }) => (problem === null ? [] : [problem]))
    for (const problem of [...broken, ...indicatorProblems].slice(0, 20)) {
      this.#parts.log.warn({ problem }, 'not in force')
    }
  }
}

interface Found {
  readonly rules: readonly FoundFile[]
  readonly indicators: readonly FoundFile[]
  readonly pipelines: readonly FoundFile[]
}

function allOf({ rules, indicators, pipelines }: Found): FoundFile[] {
  return [...rules, ...indicators, ...pipelines]
}
