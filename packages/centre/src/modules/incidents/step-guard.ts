import type { IncidentState } from '@haidang/contracts/incident'
import {
  type IncidentProcess,
  stepsFrom,
  wantsClosingReport,
} from '@haidang/contracts/incident-process'
import { severityOf } from '@haidang/contracts/severity'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentFamily } from '../../merging/incident-family.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import { needsClosing } from './incident.ts'
import type { IncidentRow } from './incident-tables.ts'

export interface StepParts {
  /** Every dated process there is. */
  readonly processes: readonly IncidentProcess[]
  readonly clock: Clock
  readonly family: Pick<IncidentFamily, 'requireNothingOpen'>
  readonly closingReports: {
    readonly get: (tx: Tx, incidentId: string) => Promise<object | undefined>
  }
}

/** A step of the way of an incident, and why. */
interface Wanted {
  readonly state: IncidentState
  readonly note: string
}

/** Holds incidents to the process that is in force. */
export class StepGuard {
  readonly #parts: StepParts

  constructor(parts: StepParts) {
    this.#parts = parts
  }

  /** The process of today. Throws Problem configuration.invalid where none has begun yet. */
  process(): IncidentProcess {
    const { processes, clock } = this.#parts
    const today = vietnamDate(clock.now())
    const begun = processes.filter(({ valid_from }) => valid_from <= today)
    const [newest] = begun.toSorted((a, b) => b.valid_from.localeCompare(a.valid_from))
    if (!newest) {
      throw new Problem(
        'configuration.invalid',
        `content/processes: no file is in force on ${today}; one must have valid_from of that day or before`,
      )
    }
    return newest
  }

  /** Throws Problem incident.illegal-transition, incident.note-required. */
  requireStep(from: IncidentState, { state, note }: Wanted): void {
    const step = stepsFrom(this.process(), from).find(({ to }) => to === state)
    if (!step) throw new Problem('incident.illegal-transition', `from ${from} to ${state}`)
    if (step.note && note.trim().length < 3) throw new Problem('incident.note-required')
  }

  /**
   * That the caller may take the step and nothing stands in its way. Throws Problem as `requireStep`, and
   * permission.missing, incident.orders-open, incident.tasks-open, incident.closing-report-missing.
   */
  async require(tx: Tx, caller: Caller, row: IncidentRow, wanted: Wanted): Promise<void> {
    this.requireStep(row.state, wanted)
    if (!needsClosing(wanted.state)) return
    if (!caller.permissions.has('incident.close')) {
      throw new Problem('permission.missing', 'incident.close')
    }
    const { family, closingReports } = this.#parts
    await family.requireNothingOpen(tx, row.id)
    const judged = { ...row, severity: severityOf(row.severity_rank) }
    if (wanted.state !== 'closed' || !wantsClosingReport(this.process(), judged)) return
    if (!(await closingReports.get(tx, row.id)))
      throw new Problem('incident.closing-report-missing')
  }
}
