import type { ToldTo } from '@haidang/contracts/audience'
import type { IncidentDraft } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import { severityId } from '@haidang/contracts/severity'
import { tlpRank } from '@haidang/contracts/tlp'
import { isoOf } from '@haidang/runtime/clock'
import type { IncidentRow } from './incident-tables.ts'

type Facts = Omit<IncidentDraft, 'cluster_ids' | 'organisation_id'>

/** Facts somebody changes; what is left out stays. */
export type FactChange = { readonly [K in keyof Facts]?: Facts[K] | undefined }

/** The facts of a draft under the names of their columns. */
export function factsOf(draft: Facts) {
  const { title, summary, type, grade, severity, tlp, told_to } = draft
  return {
    title,
    summary,
    type,
    grade,
    severity_rank: severityId(severity),
    tlp_rank: tlpRank(tlp),
    ...toldColumns(told_to ?? { organisations: [], groups: [], people: [] }),
  }
}

function toldColumns({ organisations, groups, people }: ToldTo) {
  return { told_organisations: organisations, told_groups: groups, told_people: people }
}

/** Changed facts under the names of their columns; only those given, so that nothing is overwritten by nothing. */
export function changedFacts(change: FactChange): Partial<IncidentRow> {
  const { title, summary, type, grade, severity, tlp, told_to, detected_at } = change
  const columns = {
    title,
    summary,
    type,
    grade,
    severity_rank: severity && severityId(severity),
    tlp_rank: tlp === undefined ? undefined : tlpRank(tlp),
    detected_at: detected_at && isoOf(millisecondsOf(detected_at)),
    ...(told_to && toldColumns(told_to)),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

/** An incident as the journal keeps it. */
export function factsShown({ folded: _, folded_title: __, ...row }: IncidentRow) {
  return row
}

/** When an incident was detected: as told, else when the first of its clusters began. */
export function detectedAt(
  draft: Pick<IncidentDraft, 'detected_at'>,
  clusters: readonly { readonly first_time: string }[],
): string | undefined {
  if (draft.detected_at) return isoOf(millisecondsOf(draft.detected_at))
  return clusters.map(({ first_time }) => first_time).toSorted()[0]
}
