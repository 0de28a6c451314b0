import { IncidentDraft } from '@haidang/contracts/incident'
import type { IncidentReport, TriageAct, TriageDecision } from '@haidang/contracts/incident-report'
import type { EntryType } from '@haidang/contracts/journal'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentService } from '../incidents/incident-service.ts'
import { requireReason, stateAfter } from './incident-report.ts'
import type { IncidentReportService } from './incident-report-service.ts'
import type { IncidentReportStore } from './incident-report-store.ts'
import type { IncidentReportRow } from './incident-report-tables.ts'
import type { ReportClock } from './report-clock.ts'

interface TriageParts {
  readonly database: Database
  readonly store: IncidentReportStore
  readonly reports: IncidentReportService
  readonly incidents: IncidentService
  readonly clocks: ReportClock
  readonly clock: Clock
}

const entryTypes: Readonly<Record<TriageAct, EntryType>> = {
  acknowledge: 'incident-report.acknowledged',
  ask: 'incident-report.asked',
  attach: 'incident-report.attached',
  open: 'incident-report.attached',
  near_miss: 'incident-report.near-miss',
  duplicate: 'incident-report.duplicate',
  reject: 'incident-report.rejected',
  reopen: 'incident-report.reopened',
}

/** What whoever is on duty decides on reports, one or many at once: all of it is done, or none. */
export class ReportTriage {
  readonly #parts: TriageParts

  constructor(parts: TriageParts) {
    this.#parts = parts
  }

  /**
   * Throws Problem incident-report.not-found, incident-report.illegal-act, request.invalid (what the act needs),
   * permission.missing (incidents need incident.handle), incident.not-found, incident.illegal-transition.
   */
  decide(caller: Caller, decision: TriageDecision): Promise<IncidentReport[]> {
    const { database, store, reports } = this.#parts
    const { act, reason } = decision
    requireReason(act, reason)
    return database.transact(caller.scope, async (tx) => {
      const rows = await store.lock(tx, decision.ids)
      if (rows.length < new Set(decision.ids).size) throw new Problem('incident-report.not-found')
      for (const { state } of rows) stateAfter(state, act)
      const to = {
        incident_id: await this.#incidentOf(tx, caller, decision, rows),
        duplicate_of: await this.#originalOf(tx, decision),
      }
      const after: IncidentReportRow[] = []
      for (const row of rows) after.push(await this.#decide(tx, caller, row, decision, to))
      return reports.shown(tx, after)
    })
  }

  async #decide(
    tx: Tx,
    caller: Caller,
    row: IncidentReportRow,
    { act, reason }: TriageDecision,
    to: Pick<IncidentReportRow, 'incident_id' | 'duplicate_of'>,
  ): Promise<IncidentReportRow> {
    const { store, reports, clocks, clock } = this.#parts
    const places = act === 'acknowledge' || act === 'ask' ? {} : { ...to, reason }
    const after = await store.replace(tx, {
      ...row,
      ...places,
      ...this.#acknowledged(caller, row),
      state: stateAfter(row.state, act),
      question: act === 'ask' ? reason : row.question,
      updated_at: clock.iso(),
    })
    // What it was part of stands in the entry of taking it out.
    const told = act === 'reopen' ? { ...after, incident_id: row.incident_id } : after
    const entry = { reason, authority: 'incident-report.triage' } as const
    await reports.record(tx, caller.scope.actor, entryTypes[act], told, entry)
    if (row.acknowledged_at === null) {
      await clocks.acknowledged(tx, caller.scope.actor, after)
    }
    return after
  }

  #acknowledged({ scope }: Caller, { acknowledged_at, acknowledged_by }: IncidentReportRow) {
    if (acknowledged_at !== null) return { acknowledged_at, acknowledged_by }
    return { acknowledged_at: this.#parts.clock.iso(), acknowledged_by: scope.actor.name }
  }

  /** The incident reports become part of: the one that is named, or a new one; null: of none. */
  async #incidentOf(
    tx: Tx,
    caller: Caller,
    { act, incident_id }: TriageDecision,
    rows: readonly IncidentReportRow[],
  ): Promise<string | null> {
    if (act !== 'attach' && act !== 'open') return null
    if (!caller.permissions.has('incident.handle')) {
      throw new Problem('permission.missing', 'incident.handle')
    }
    if (act === 'open') return this.#opened(tx, caller, rows)
    if (!incident_id) throw missing('incident_id', 'name the incident')
    return (await this.#parts.incidents.requireOpen(tx, incident_id)).id
  }

  async #opened(tx: Tx, caller: Caller, rows: readonly IncidentReportRow[]): Promise<string> {
    const [first] = rows
    if (!first) throw new Problem('incident-report.not-found')
    const detected = rows.flatMap(({ detected_at }) => detected_at ?? []).sort()
    const strictest = Math.max(...rows.map(({ tlp_rank }) => tlp_rank))
    const summary = rows.map(({ number, description }) => `${number}: ${description}`).join('\n\n')
    const draft = IncidentDraft.parse({
      title: titleOf(first),
      summary: summary.slice(0, 10_000),
      tlp: tlpOf(strictest),
      organisation_id: first.organisation_id,
      detected_at: detected[0],
    })
    const { id } = await this.#parts.incidents.openIn(tx, caller, draft)
    return id
  }

  async #originalOf(tx: Tx, { act, ids, duplicate_of }: TriageDecision): Promise<string | null> {
    if (act !== 'duplicate') return null
    if (!duplicate_of) throw missing('duplicate_of', 'name the report that tells of the same')
    const { id, state } = await this.#parts.reports.require(tx, duplicate_of)
    if (ids.includes(id) || state === 'duplicate' || state === 'draft') {
      throw missing('duplicate_of', 'name another report, which is no duplicate itself')
    }
    return id
  }
}

/** What an incident is called until somebody finds a better name. */
function titleOf({ system_name, description }: IncidentReportRow): string {
  const [line = ''] = description.split('\n')
  return [system_name, line].filter(Boolean).join(': ').slice(0, 300).padEnd(3, '.')
}

function missing(field: string, remedy: string): Problem {
  return new Problem('request.invalid', field, [{ field, cause: 'missing', remedy }])
}
