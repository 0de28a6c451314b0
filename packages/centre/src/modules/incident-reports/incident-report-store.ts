import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, arrayOverlaps, desc, eq, gte, inArray, ne, or, type SQL } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { type IncidentReportRow, incidentReport } from './incident-report-tables.ts'

const fields = {
  id: { column: incidentReport.id, kind: 'word' },
  number: { column: incidentReport.number, kind: 'word' },
  organisation_id: { column: incidentReport.organisation_id, kind: 'word' },
  state: { column: incidentReport.state, kind: 'word' },
  stage: { column: incidentReport.stage, kind: 'word' },
  channel: { column: incidentReport.channel, kind: 'word' },
  tlp: { column: incidentReport.tlp_rank, kind: 'number' },
  incident_id: { column: incidentReport.incident_id, kind: 'word' },
  duplicate_of: { column: incidentReport.duplicate_of, kind: 'word' },
  simulated: { column: incidentReport.simulated, kind: 'boolean' },
  detected_at: { column: incidentReport.detected_at, kind: 'time' },
  received_at: { column: incidentReport.received_at, kind: 'time' },
  updated_at: { column: incidentReport.updated_at, kind: 'time' },
  text: { column: incidentReport.folded, kind: 'text' },
} as const

/** A row without what the store itself derives. */
export type ReportFacts = Omit<IncidentReportRow, 'folded' | 'version'>

/** Rows of reports, always inside a given transaction and so inside its scope. */
export class IncidentReportStore {
  /** Undefined where the organisation reported under this request already. */
  async add(tx: Tx, facts: ReportFacts): Promise<IncidentReportRow | undefined> {
    const [row] = await tx
      .insert(incidentReport)
      .values({ ...facts, folded: foldedOf(facts), version: 1 })
      .onConflictDoNothing()
      .returning()
    return row
  }

  /** One page, the last changed first unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<IncidentReportRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-updated_at', 'updated_at'],
      id: incidentReport.id,
    })
    return page.read(tx.select().from(incidentReport))
  }

  async get(tx: Tx, id: string): Promise<IncidentReportRow | undefined> {
    const [row] = await tx.select().from(incidentReport).where(eq(incidentReport.id, id))
    return row
  }

  async byRequest(
    tx: Tx,
    organisationId: string,
    requestId: string,
  ): Promise<IncidentReportRow | undefined> {
    const [row] = await tx
      .select()
      .from(incidentReport)
      .where(
        and(
          eq(incidentReport.organisation_id, organisationId),
          eq(incidentReport.request_id, requestId),
        ),
      )
    return row
  }

  /** Rows locked until the transaction ends, in the order of their identifiers so that nobody waits in a ring. */
  lock(tx: Tx, ids: readonly string[]): Promise<IncidentReportRow[]> {
    return tx
      .select()
      .from(incidentReport)
      .where(inArray(incidentReport.id, [...ids]))
      .orderBy(incidentReport.id)
      .for('update')
  }

  /** Ids of the reports that became part of incidents, at most 2,000. */
  async idsOfIncidents(tx: Tx, incidents: readonly string[]): Promise<string[]> {
    const rows = await tx
      .select({ id: incidentReport.id })
      .from(incidentReport)
      .where(inArray(incidentReport.incident_id, [...incidents]))
      .orderBy(incidentReport.id)
      .limit(2_000)
    return rows.map(({ id }) => id)
  }

  /** Those of these that the scope shows. */
  ofIds(tx: Tx, ids: readonly string[]): Promise<IncidentReportRow[]> {
    return tx
      .select()
      .from(incidentReport)
      .where(inArray(incidentReport.id, [...ids]))
  }

  /** Makes these part of another incident. */
  async handOn(tx: Tx, ids: readonly string[], incidentId: string): Promise<void> {
    for (const row of await this.lock(tx, ids)) {
      await this.replace(tx, { ...row, incident_id: incidentId })
    }
  }

  /** Writes a locked row and counts its version up. */
  async replace(tx: Tx, row: IncidentReportRow): Promise<IncidentReportRow> {
    const next = { ...row, folded: foldedOf(row), version: row.version + 1 }
    await tx.update(incidentReport).set(next).where(eq(incidentReport.id, row.id))
    return next
  }

  /** What came in since a moment, and whatever names one of these addresses; the newest of each. */
  async candidates(
    tx: Tx,
    { since, addresses, most }: { since: string; addresses: readonly string[]; most: number },
  ): Promise<IncidentReportRow[]> {
    const newest = (condition: SQL | undefined) =>
      tx
        .select()
        .from(incidentReport)
        .where(and(ne(incidentReport.state, 'draft'), condition))
        .orderBy(desc(incidentReport.received_at))
        .limit(most)
    const lately = await newest(gte(incidentReport.received_at, since))
    if (addresses.length === 0) return lately
    const named = await newest(or(arrayOverlaps(incidentReport.addresses, [...addresses])))
    return [...new Map([...lately, ...named].map((row) => [row.id, row])).values()]
  }
}

function foldedOf({ number, system_name, description, sender, addresses }: ReportFacts): string {
  return foldVietnamese(
    [number ?? '', system_name, description, sender.name, ...addresses].join(' '),
  )
}
