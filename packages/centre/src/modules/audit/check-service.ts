import { setTimeout as pause } from 'node:timers/promises'
import {
  type ChainBreak,
  type ChainCheck,
  ChainReport,
  type ChainState,
  type CheckDraft,
} from '@haidang/contracts/journal-check'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Anchors, DigestService } from './digest-service.ts'
import type { JournalView } from './journal-view.ts'
import { requireNode } from './node-scope.ts'

interface CheckParts {
  readonly database: Database
  readonly journal: Journal
  readonly view: JournalView
  readonly digests: DigestService
  readonly clock: Clock
  /** Ends a check with the node. */
  readonly signal: AbortSignal
}

/** How long a request waits for the check it started, milliseconds. */
const patience = 20_000

const none: ChainCheck = {
  state: 'none',
  started_at: null,
  ended_at: null,
  started_by: '',
  checked: 0,
  entries: 0,
  report: null,
  error: '',
}

/**
 * Checks of the whole chain, one at a time. They run over everybody's entries, so only a caller who sees
 * the whole node may ask.
 */
export class CheckService {
  readonly #parts: CheckParts
  #check = none
  #cancelling = new AbortController()

  constructor(parts: CheckParts) {
    this.#parts = parts
  }

  /** The check that runs or ran last. Throws Problem permission.missing. */
  state(caller: Caller): ChainCheck {
    requireNode(caller)
    return this.#check
  }

  /** Ends the check that runs; what it found so far counts for nothing. Throws Problem permission.missing. */
  cancel(caller: Caller): ChainCheck {
    requireNode(caller)
    this.#cancelling.abort()
    if (this.#check.state === 'running') {
      this.#check = { ...this.#check, state: 'cancelled', ended_at: this.#parts.clock.iso() }
    }
    return this.#check
  }

  /** Where the chain ends, and who checked it last. Throws Problem permission.missing. */
  async chain(caller: Caller): Promise<ChainState> {
    requireNode(caller)
    const { database, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const end = await view.end(tx)
      const last = await view.newest(tx, 'journal.verified')
      const report = ChainReport.safeParse(last?.after).data
      const verified =
        last && report ? { entry_id: last.id, at: last.time, by: last.actor_name, report } : null
      return { entries: end?.seq ?? 0, head: end?.hash ?? '', verified }
    })
  }

  /**
   * Begins a check and answers when it is done, or how far it is after a while. Who asked and what came out
   * stands in the journal. Throws Problem permission.missing, journal.check-running or journal.digest-invalid.
   */
  async start(caller: Caller, draft: CheckDraft): Promise<ChainCheck> {
    requireNode(caller)
    if (this.#check.state === 'running') {
      throw new Problem('journal.check-running', `begun by ${this.#check.started_by}`)
    }
    const { name } = caller.scope.actor
    const before = this.#check
    const started_at = this.#parts.clock.iso()
    const cancelling = new AbortController()
    this.#cancelling = cancelling
    // Set before anything is waited for: of two who ask at once the second must find it.
    this.#check = { ...none, state: 'running', started_at, started_by: name }
    const known = await this.#parts.digests.anchors(draft.digests ?? []).catch((error: unknown) => {
      this.#check = before
      throw error
    })
    const waiting = new AbortController()
    const late = pause(patience, undefined, { signal: waiting.signal }).catch(() => undefined)
    await Promise.race([this.#run(caller, draft, known, cancelling.signal), late])
    waiting.abort()
    return this.#check
  }

  async #run(
    caller: Caller,
    draft: CheckDraft,
    known: Anchors,
    cancelled: AbortSignal,
  ): Promise<void> {
    const { journal, clock } = this.#parts
    try {
      const found = await journal.verify({
        anchors: known.anchors,
        from: await this.#first(draft.since),
        signal: AbortSignal.any([this.#parts.signal, cancelled]),
        progress: (checked, entries) => {
          if (!cancelled.aborted) this.#check = { ...this.#check, checked, entries }
        },
      })
      if (cancelled.aborted) return
      const report = found.broken === null ? withBreak(found, known.broken) : found
      await this.#record(caller, report)
      const { checked } = report
      this.#check = { ...this.#check, state: 'done', report, checked, ended_at: clock.iso() }
    } catch (error) {
      if (cancelled.aborted) return
      const text = error instanceof Error ? error.message : String(error)
      this.#check = { ...this.#check, state: 'failed', error: text, ended_at: clock.iso() }
    }
  }

  async #first(since: CheckDraft['since']): Promise<number> {
    if (since === undefined) return 1
    if (typeof since === 'number') return since
    const { database, view } = this.#parts
    return database.transact(systemScope, (tx) => view.firstSince(tx, since))
  }

  async #record(caller: Caller, report: ChainReport): Promise<void> {
    const { database, journal } = this.#parts
    await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'journal.verified',
        organisation_id: null,
        actor: caller.scope.actor,
        authority: 'audit.read',
        subject: 'journal',
        after: report,
      }),
    )
  }
}

/** A whole chain is not all: the node's own digests must be as they were signed. */
function withBreak(report: ChainReport, broken: ChainBreak | undefined): ChainReport {
  if (broken === undefined) return report
  return { ...report, intact: false, broken_at: broken.seq, broken }
}
