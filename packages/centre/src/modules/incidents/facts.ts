import type { ToldTo } from '@haidang/contracts/audience'
import type { IncidentDraft, TouchedPersonalData } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import { severityId } from '@haidang/contracts/severity'
import { tlpRank } from '@haidang/contracts/tlp'
import { isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import type { Classifier } from '../../classification/classifier.ts'
import type { IncidentRow } from './incident-tables.ts'

type Facts = Omit<IncidentDraft, 'cluster_ids' | 'organisation_id'>

/** Facts somebody changes; what is left out stays. */
type FactChange = { readonly [K in keyof Facts]?: Facts[K] | undefined }

/** What somebody changes of an incident; `version`: refused if somebody changed it since. */
export type Change = FactChange & {
  readonly assignee_id?: string | null | undefined
  readonly version?: number | undefined
}

/**
 * The facts of a draft under the names of their columns. Throws Problem request.invalid (no such type in the taxonomy,
 * a moment to come).
 */
export function factsOf(draft: Facts, classifier: Classifier, now: string) {
  const { title, summary, type, severity, tlp, told_to } = draft
  return {
    title,
    summary,
    kind: draft.kind,
    exercise: draft.exercise,
    type,
    rsit: classifier.rsitOf(type, draft.rsit, now),
    cause: draft.cause,
    impact: draft.impact,
    personal_data: touched(draft.personal_data, now),
    severity_rank: severityId(severity),
    tlp_rank: tlpRank(tlp),
    ...toldColumns(told_to ?? { organisations: [], groups: [], people: [] }),
  }
}

/** Personal data with the moment it became known: now unless told. */
function touched(data: TouchedPersonalData | null, now: string) {
  if (data === null) return null
  const known_at = data.known_at === undefined ? now : isoOf(millisecondsOf(data.known_at))
  if (known_at > now) {
    throw new Problem('request.invalid', 'personal_data.known_at: a moment to come', [
      { field: 'personal_data.known_at', cause: 'after now', remedy: 'the moment it became known' },
    ])
  }
  return { ...data, known_at }
}

function toldColumns({ organisations, groups, people }: ToldTo) {
  return { told_organisations: organisations, told_groups: groups, told_people: people }
}

/**
 * Changed facts under the names of their columns; only those given, so that nothing is overwritten by nothing. A type
 * of the taxonomy that only followed from the national type follows it on. Throws as `factsOf`.
 */
export function changedFacts(
  before: IncidentRow,
  change: FactChange,
  classifier: Classifier,
  now: string,
): Partial<IncidentRow> {
  const { title, summary, kind, exercise, type, cause, impact, severity, tlp, told_to } = change
  const { rsit, personal_data, detected_at } = change
  const columns = {
    title,
    summary,
    kind,
    exercise,
    type,
    rsit: classifier.rsitAfter(before, { type, rsit }, now),
    cause,
    impact,
    personal_data: personal_data === undefined ? undefined : touched(personal_data, now),
    severity_rank: severity && severityId(severity),
    tlp_rank: tlp === undefined ? undefined : tlpRank(tlp),
    detected_at: detected_at && isoOf(millisecondsOf(detected_at)),
    ...(told_to && toldColumns(told_to)),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

/** An incident as the journal keeps it. */
export function factsShown({ folded: _, folded_title: __, own_reach: ___, ...row }: IncidentRow) {
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
