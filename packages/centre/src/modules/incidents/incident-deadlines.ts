import type { Actor, Tx } from '@haidang/runtime/database/database'
import type { ClockService, Fact, Subject } from '../deadlines/clock-service.ts'
import type { IncidentRow } from './incident-tables.ts'

/** Lets the deadlines of an incident follow what it has become, before the journal entry of the act. */
export async function followIncident(
  clocks: ClockService,
  tx: Tx,
  actor: Actor,
  row: IncidentRow,
): Promise<void> {
  if (row.state === 'rejected') {
    await clocks.stop(tx, actor, row.id, 'the incident was rejected')
    return
  }
  const facts: Fact[] = [{ trigger: 'incident.detected', at: row.detected_at }]
  // Recovery is the moment of the move; what is written of the incident later does not move it.
  if (row.state === 'recovered' && !(await clocks.has(tx, row.id, 'incident.recovered'))) {
    facts.push({ trigger: 'incident.recovered', at: row.updated_at })
  }
  if (row.personal_data?.known_at) {
    facts.push({ trigger: 'personal-data.breached', at: row.personal_data.known_at })
  }
  await clocks.follow(tx, actor, subjectOf(row), facts)
}

/** An incident as its deadlines know it. */
export function subjectOf(row: IncidentRow): Subject {
  return {
    subject_kind: 'incident',
    subject_id: row.id,
    subject_label: row.number,
    organisation_id: row.organisation_id,
    watcher_id: null,
    tlp_rank: row.tlp_rank,
    assignee_id: row.assignee_id,
    simulated: row.simulated || row.exercise,
    grade: row.grade,
  }
}
