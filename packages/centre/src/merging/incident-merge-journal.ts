import type { Given } from '@haidang/contracts/incident-merge'
import type { Actor, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import type { Named } from './incident-belongings.ts'

/** What was handed on to an incident taken out, under the name people know it by. */
export type GivenThing = Given & Named

interface Act {
  readonly type: 'incident.merged' | 'incident.unmerged'
  readonly head: IncidentRow
  readonly actor: Actor
  readonly reason: string
  readonly given?: readonly GivenThing[]
}

/**
 * An entry for the head and one for each that was put under it or taken out, with what it was given, so that the story
 * of each is found under its own id.
 */
export async function recordMerge(
  journal: Journal,
  tx: Tx,
  { type, head, actor, reason, given = [] }: Act,
  members: readonly IncidentRow[],
): Promise<void> {
  const grounds = { type, reason, actor, authority: 'incident.handle' }
  const tlp_rank = Math.max(head.tlp_rank, ...members.map((member) => member.tlp_rank))
  await journal.append(tx, {
    ...grounds,
    organisation_id: head.organisation_id,
    tlp_rank,
    subject: head.id,
    related: [...members, ...given].map(({ id }) => id),
    before: null,
    after: { numbers: members.map(({ number }) => number), ...told(given, tlp_rank) },
  })
  for (const member of members) {
    const rank = Math.max(member.tlp_rank, head.tlp_rank)
    const got = given.filter(({ to }) => to === member.id)
    await journal.append(tx, {
      ...grounds,
      organisation_id: member.organisation_id,
      tlp_rank: rank,
      subject: member.id,
      related: [head.id, ...got.map(({ id }) => id)],
      before: { merged_into: type === 'incident.merged' ? null : head.id },
      after: { merged_into: member.merged_into, numbers: [head.number], ...told(got, rank) },
    })
  }
}

/** What was given; what is more confidential than the entry is not named in it. */
function told(given: readonly GivenThing[], rank: number) {
  if (given.length === 0) return {}
  return {
    given: given.map(({ tlp_rank, label, ...one }) => (tlp_rank > rank ? one : { ...one, label })),
  }
}
