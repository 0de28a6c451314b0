import type {
  ClosedIncident,
  ClosingReport,
  ClosingReportDraft,
} from '@haidang/contracts/closing-report'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentService } from '../incidents/incident-service.ts'
import type { ClosingReportStore } from './closing-report-store.ts'
import type { ClosingReportRow } from './closing-report-tables.ts'

export interface ClosingReportParts {
  readonly database: Database
  readonly store: ClosingReportStore
  readonly incidents: Pick<IncidentService, 'require' | 'requireOpen'>
  /** Numbers and titles of incidents, as far as the transaction sees them. */
  readonly named: (
    tx: Tx,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly number: string; readonly title: string }>>
  readonly journal: Journal
  readonly clock: Clock
}

/** How incidents ended and what was learned. */
export class ClosingReportService {
  readonly #parts: ClosingReportParts

  constructor(parts: ClosingReportParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<ClosedIncident>> {
    const { database, store, named } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      const names = await named(
        tx,
        items.map(({ id }) => id),
      )
      const shown = items.map((row) => {
        const { number = '', title = '' } = names.get(row.id) ?? {}
        return { ...reportOf(row), number, title }
      })
      return { items: shown, next }
    })
  }

  /** Throws Problem incident.not-found. */
  get(caller: Caller, incidentId: string): Promise<{ report: ClosingReport | null }> {
    const { database, store, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await incidents.require(tx, incidentId)
      const row = await store.get(tx, incidentId)
      return { report: row ? reportOf(row) : null }
    })
  }

  /**
   * Writes it, or writes it again. Throws Problem incident.not-found, incident.illegal-transition (it is finished),
   * incident.merged, incident.changed-meanwhile (somebody wrote it since).
   */
  write(
    caller: Caller,
    incidentId: string,
    { version, ...draft }: ClosingReportDraft & { readonly version: number },
  ): Promise<ClosingReport> {
    const { database, store, incidents, journal, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const incident = await incidents.requireOpen(tx, incidentId)
      const before = await store.get(tx, incidentId)
      if (version !== (before?.version ?? 0)) {
        throw new Problem('incident.changed-meanwhile', before && `by ${before.written_by_name}`)
      }
      const row = await store.put(tx, {
        ...draft,
        incident_id: incidentId,
        organisation_id: incident.organisation_id,
        written_by_name: caller.scope.actor.name,
        written_at: clock.iso(),
        version: version + 1,
      })
      await journal.append(tx, {
        type: 'incident.closing-report-written',
        organisation_id: incident.organisation_id,
        tlp_rank: incident.tlp_rank,
        actor: caller.scope.actor,
        authority: 'incident.handle',
        subject: incidentId,
        before: before && reportOf(before),
        after: reportOf(row),
      })
      return reportOf(row)
    })
  }
}

function reportOf(row: ClosingReportRow): ClosingReport {
  return {
    incident_id: row.incident_id,
    course: row.course,
    root_cause: row.root_cause,
    measures: row.measures,
    damage: row.damage,
    lessons: row.lessons,
    proposals: row.proposals,
    written_by_name: row.written_by_name,
    written_at: row.written_at,
    version: row.version,
  }
}
