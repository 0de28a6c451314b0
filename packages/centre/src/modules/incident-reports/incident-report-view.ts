import type { IncidentReport, ReportPassage } from '@haidang/contracts/incident-report'
import { type ProblemCode, problems } from '@haidang/contracts/problems'
import { tlpOf } from '@haidang/contracts/tlp'
import type { IncidentReportRow, PassageRow } from './incident-report-tables.ts'

/** A row as screens show it. */
export function reportShown(row: IncidentReportRow, organisation_name: string): IncidentReport {
  const { told: _, folded: __, request_id: ___, tlp_rank, ...rest } = row
  return { ...rest, organisation_name, tlp: tlpOf(tlp_rank) }
}

/** The way of a report over the link, as its page tells it. */
export function passageShown(row: PassageRow): ReportPassage {
  const { direction, state, number, judged, question, reason, code, revision, at } = row
  const refusal = Object.hasOwn(problems, code) ? wordsOf(problems[code as ProblemCode]) : null
  return { direction, state, number, judged, question, reason, code, refusal, revision, at }
}

function wordsOf({ vi, en }: { readonly vi: string; readonly en: string }) {
  return { vi, en }
}
