import type { Alert } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import type { RuleDocumentDraft } from '@haidang/contracts/rule-library'

/** A record as a source sent it. */
export interface TrialRecord {
  readonly text: string
  /** As of a source. */
  readonly format: string
  /** Parts given override what the record shows itself to be. */
  readonly logsource: Logsource
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

/** What became of records, by their place in the batch. */
export interface TrialOutcome {
  readonly hits: readonly {
    readonly index: number
    readonly rule: Pick<Alert['rule'], 'id' | 'title'>
    readonly time: string
    readonly matches: Alert['matches']
  }[]
  readonly unreadable: readonly { readonly index: number; readonly reason: string }[]
}

/** Why a rule did not fire on a record, by the record's place in the batch. */
interface TrialMiss {
  readonly index: number
  readonly rule: Pick<Alert['rule'], 'id' | 'title'>
  readonly because: 'logsource' | 'failed' | 'excluded'
  readonly matches: Readonly<Alert['matches']>
  readonly logsource: Logsource
}

/** Rules in force for nobody, to be tried on records exactly as a station examines them. */
export interface OpenTrial {
  /** Batches follow one another: correlations remember those before. */
  examine(records: readonly TrialRecord[]): Promise<TrialOutcome>
  explain(records: readonly TrialRecord[]): Promise<readonly TrialMiss[]>
  close(): Promise<void>
}

/** Opens trials; given by the composition, as the detector's threads belong to the station part. */
export type TrialOpener = (rules: readonly RuleDocumentDraft[]) => Promise<OpenTrial>

const mostWaiting = 8

/** One trial at a time: they share the machine with the line. */
export class TrialQueue {
  readonly #open: TrialOpener
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(open: TrialOpener) {
    this.#open = open
  }

  /** How many may not wait any more. */
  get isFull(): boolean {
    return this.#waiting >= mostWaiting
  }

  /** Runs `work` with these rules when its turn comes. */
  run<T>(rules: readonly RuleDocumentDraft[], work: (trial: OpenTrial) => Promise<T>): Promise<T> {
    this.#waiting += 1
    const done = this.#last.then(() => this.#use(rules, work))
    this.#last = done.catch(() => undefined)
    return done.finally(() => {
      this.#waiting -= 1
    })
  }

  async #use<T>(
    rules: readonly RuleDocumentDraft[],
    work: (trial: OpenTrial) => Promise<T>,
  ): Promise<T> {
    const trial = await this.#open(rules)
    try {
      return await work(trial)
    } finally {
      await trial.close()
    }
  }
}
