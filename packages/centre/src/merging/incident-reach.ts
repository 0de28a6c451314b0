import { Problem } from '@haidang/runtime/problem'
import type { IncidentRow, Reach } from '../modules/incidents/incident-tables.ts'

const fields = [
  'tlp_rank',
  'detected_at',
  'told_organisations',
  'told_groups',
  'told_people',
  'shown_to',
] as const satisfies readonly (keyof Reach)[]

/**
 * An incident as it stands for those put under it: as confidential as the strictest, told only to whom all are told,
 * detected when the first of them was. With nothing under it, it is what it says itself.
 */
export function reached(head: IncidentRow, under: readonly Reach[]): IncidentRow {
  const own = head.own_reach ?? reachOf(head)
  return {
    ...head,
    ...copied(under.reduce(strictest, own)),
    own_reach: under.length === 0 ? null : own,
  }
}

/**
 * An incident after its facts were changed while others are under it: what it says itself changes. Throws Problem
 * incident.merged-stricter where what is asked for is less strict than one of these.
 */
export function changedReach(
  head: IncidentRow,
  change: Partial<IncidentRow>,
  under: readonly Reach[],
): IncidentRow {
  if (head.own_reach === null) return { ...head, ...change }
  const asked = fields.filter((field) => change[field] !== undefined)
  const own = { ...head.own_reach, ...Object.fromEntries(asked.map((f) => [f, change[f]])) }
  const after = reached({ ...head, ...change, own_reach: own }, under)
  const refused = asked.find((field) => `${after[field]}` !== `${change[field]}`)
  if (refused === undefined) return after
  throw new Problem('incident.merged-stricter', refused, [
    {
      field: refused === 'tlp_rank' ? 'tlp' : refused.replace(/^told_.*/, 'told_to'),
      cause: 'an incident merged into it is stricter',
      remedy: 'take the merge back, or keep to the stricter',
    },
  ])
}

/** Whom a head is told to no more, once these are under it. */
export function losing(before: Reach, after: Reach) {
  const gone = (field: 'told_organisations' | 'told_groups' | 'told_people') =>
    before[field].filter((id) => !after[field].includes(id))
  return [
    ...gone('told_organisations').map((id) => ({ kind: 'organisation' as const, id })),
    ...gone('told_groups').map((id) => ({ kind: 'group' as const, id })),
    ...gone('told_people').map((id) => ({ kind: 'person' as const, id })),
  ]
}

function reachOf(row: Reach): Reach {
  const { tlp_rank, detected_at, told_organisations, told_groups, told_people, shown_to } = row
  return { tlp_rank, detected_at, told_organisations, told_groups, told_people, shown_to }
}

function strictest(one: Reach, other: Reach): Reach {
  return {
    tlp_rank: Math.max(one.tlp_rank, other.tlp_rank),
    detected_at: one.detected_at < other.detected_at ? one.detected_at : other.detected_at,
    told_organisations: common(one.told_organisations, other.told_organisations),
    told_groups: common(one.told_groups, other.told_groups),
    told_people: common(one.told_people, other.told_people),
    shown_to: one.shown_to === other.shown_to ? one.shown_to : null,
  }
}

function common(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((id) => others.includes(id))
}

/** The same with lists the table may keep. */
function copied({ told_organisations, told_groups, told_people, ...rest }: Reach) {
  return {
    ...rest,
    told_organisations: [...told_organisations],
    told_groups: [...told_groups],
    told_people: [...told_people],
  }
}
