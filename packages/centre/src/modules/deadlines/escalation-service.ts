import type { DeadlineRecipient } from '@haidang/contracts/deadline'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType, JournalEntry } from '@haidang/contracts/journal'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal, JournalReader } from '@haidang/runtime/journal'
import type { ClockService } from './clock-service.ts'
import { relatedTo } from './deadline.ts'
import type { DeadlineStore } from './deadline-store.ts'
import type { DeadlineRow, DeadlineStepRow } from './deadline-tables.ts'

/** People and organisations one of the recipients of a step stands for. */
export interface Told {
  readonly recipient: DeadlineRecipient
  readonly organisation_id: string | null
  readonly people: readonly string[]
}

interface EscalationParts {
  readonly database: Database
  readonly store: DeadlineStore
  readonly clocks: ClockService
  readonly journal: Journal
  readonly clock: Clock
  /** Who they are for a deadline, today; asked of organisations and people. */
  readonly toldOf: (
    tx: Tx,
    row: Pick<DeadlineRow, 'organisation_id' | 'assignee_id'>,
    tell: readonly DeadlineRecipient[],
  ) => Promise<Told[]>
}

const batch = 100
/** A step taken this much after its moment was late: the node did not run. */
const tolerance = 5 * 60_000

const entryTypes = {
  remind: 'deadline.reminded',
  pass: 'deadline.passed',
  escalate: 'deadline.escalated',
  unreckoned: 'deadline.unreckoned',
} as const satisfies Record<DeadlineStepRow['kind'], EntryType>

/** Facts of their own, however late. */
const alwaysTold: ReadonlySet<DeadlineStepRow['kind']> = new Set(['pass', 'unreckoned'])

/** Takes the steps of deadlines when their moment has come, each once; the journal tells those who listen. */
export class EscalationService implements JournalReader {
  readonly name = 'deadlines'
  readonly types = ['regulation.changed'] as const
  readonly #parts: EscalationParts

  constructor(parts: EscalationParts) {
    this.#parts = parts
  }

  /** Takes every step whose moment has come; answers of how many deadlines. */
  async takeDue(): Promise<number> {
    let taken = 0
    for (;;) {
      const some = await this.#takeSome()
      taken += some
      if (some === 0) return taken
    }
  }

  /** Reckons open deadlines anew when a regulation or a calendar was changed. */
  async handle(tx: Tx, _entry: JournalEntry): Promise<void> {
    await this.#parts.clocks.reckonAll(tx, systemScope.actor)
  }

  #takeSome(): Promise<number> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const now = clock.iso()
      const rows = await store.lockDue(tx, now, batch)
      for (const row of rows) await this.#take(tx, row, now)
      return rows.length
    })
  }

  /**
   * Takes the steps of one deadline that have come. After a long stop there may be several: the last is told to everybody
   * the earlier ones would have told, so that nobody gets a storm.
   */
  async #take(tx: Tx, row: DeadlineRow, now: string): Promise<void> {
    const { store } = this.#parts
    const due = (await store.steps(tx, row.id)).filter(
      ({ state, at }) => state === 'planned' && at <= now,
    )
    const told = due.filter((step) => step === due.at(-1) || alwaysTold.has(step.kind))
    const folded = due.filter((step) => !told.includes(step))
    for (const step of due) {
      const state = folded.includes(step) ? 'folded' : 'taken'
      await store.replaceStep(tx, { ...step, state, taken_at: now, late: isLate(step, now) })
    }
    if (row.state === 'running' && due.some(({ kind }) => kind === 'pass')) {
      await store.replace(tx, { ...row, state: 'passed' })
    }
    const everybody = new Set(due.flatMap(({ tell }) => tell))
    for (const step of told) {
      const isLast = step === due.at(-1)
      const tell = isLast ? [...everybody] : step.tell
      await this.#record(tx, row, step, now, { tell, folded: isLast ? folded : [] })
    }
  }

  async #record(
    tx: Tx,
    row: DeadlineRow,
    step: DeadlineStepRow,
    now: string,
    { tell, folded }: { tell: readonly DeadlineRecipient[]; folded: readonly DeadlineStepRow[] },
  ): Promise<void> {
    const { journal, toldOf } = this.#parts
    const told = await toldOf(tx, row, tell)
    await journal.append(tx, {
      type: entryTypes[step.kind],
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: systemScope.actor,
      authority: row.rule?.clause ?? 'deadline.handle',
      subject: row.id,
      related: [...relatedTo(row), ...new Set(told.flatMap(({ people }) => people))],
      after: {
        step: step.step,
        name: step.name,
        planned_at: step.at,
        due_at: row.due_at,
        missing_year: row.missing_year,
        deadline: row.name,
        number: row.subject_label,
        late: isLate(step, now),
        told,
        folded: folded.map((one) => one.step),
      },
    })
  }
}

function isLate({ at }: DeadlineStepRow, now: string): boolean {
  return millisecondsOf(now) - millisecondsOf(at) > tolerance
}
