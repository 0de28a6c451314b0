import type { ReportLikeness, SimilarReport } from '@haidang/contracts/incident-report'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { IncidentReportService } from './incident-report-service.ts'
import type { IncidentReportStore } from './incident-report-store.ts'
import { likeness } from './likeness.ts'

interface SimilarParts {
  readonly database: Database
  readonly store: IncidentReportStore
  readonly reports: IncidentReportService
  readonly clock: Clock
}

const lately = 90 * 86_400_000
const mostCompared = 500
const mostSimilar = 10
const leastScore = 0.3

/** Finds reports that tell of the same, as far as who asks may see them. */
export class SimilarReports {
  readonly #parts: SimilarParts

  constructor(parts: SimilarParts) {
    this.#parts = parts
  }

  /** Reports that may tell of the same as one, or as what is about to be reported. */
  of(caller: Caller, asked: ReportLikeness): Promise<SimilarReport[]> {
    const { database, store, reports, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const own = asked.report_id ? await reports.require(tx, asked.report_id) : undefined
      const told = {
        text: own?.description ?? asked.text,
        system_name: own?.system_name ?? asked.system_name,
        addresses: (own?.addresses ?? asked.addresses).map((address) => address.toLowerCase()),
        detected_at: own ? own.detected_at : (asked.detected_at ?? null),
      }
      const since = isoOf(clock.now() - lately)
      const rows = await store.candidates(tx, {
        since,
        addresses: told.addresses,
        most: mostCompared,
      })
      const scored = rows
        .filter(({ id }) => id !== own?.id)
        .map((row) => ({ row, ...likeness(told, { ...row, text: row.description }) }))
        .filter(({ score }) => score >= leastScore)
        .sort((a, b) => b.score - a.score)
        .slice(0, mostSimilar)
      const shown = await reports.shown(
        tx,
        scored.map(({ row }) => row),
      )
      return shown.flatMap((report, at) => {
        const found = scored[at]
        return found ? [{ report, score: found.score, same: found.same }] : []
      })
    })
  }
}
