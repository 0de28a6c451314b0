import type { JournalEntry } from '@haidang/contracts/journal'
import { type Actor, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import type { ClockService, Subject } from '../deadlines/clock-service.ts'
import type { IncidentReportStore } from './incident-report-store.ts'
import type { IncidentReportRow } from './incident-report-tables.ts'

interface ClockParts {
  readonly store: IncidentReportStore
  readonly clocks: ClockService
  /** The organisation of this node: who receives is held to acknowledge. */
  readonly home: (tx: Tx) => Promise<string | undefined>
}

const note = 'acknowledged'

/**
 * The deadline by which a report is to be acknowledged. It belongs to who receives, whose rows the sender may not
 * write, so it is started by a reader of the journal.
 */
export class ReportClock implements JournalReader {
  readonly name = 'incident-reports'
  readonly types = ['incident-report.received'] as const
  readonly #parts: ClockParts

  constructor(parts: ClockParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const { store, clocks, home } = this.#parts
    const row = await store.get(tx, entry.subject)
    const held = await home(tx)
    if (!row?.received_at || held === undefined) return
    const fact = { trigger: 'notice.received', at: row.received_at } as const
    await clocks.follow(tx, systemScope.actor, subjectOf(row, held), [fact])
    if (row.acknowledged_at !== null) await this.acknowledged(tx, systemScope.actor, row)
  }

  /** Says that a report was acknowledged. */
  async acknowledged(tx: Tx, actor: Actor, { id }: IncidentReportRow): Promise<void> {
    const held = await this.#parts.home(tx)
    if (held === undefined) return
    const of = { subject_id: id, organisation_id: held, note }
    await this.#parts.clocks.meet(tx, actor, of, ({ trigger }) => trigger === 'notice.received')
  }
}

function subjectOf(row: IncidentReportRow, held: string): Subject {
  return {
    subject_kind: 'incident-report',
    subject_id: row.id,
    subject_label: row.number ?? '',
    organisation_id: held,
    watcher_id: row.organisation_id,
    tlp_rank: row.tlp_rank,
    assignee_id: null,
    simulated: row.simulated,
    grade: null,
  }
}
