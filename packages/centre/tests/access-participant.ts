import type { CentreNode } from './centre-node.ts'

/** Lets the node’s own organisation take part in an incident; at RED, too, where the service refuses it. */
export async function addParticipant(node: CentreNode, incident: string): Promise<string> {
  const id = node.newId('incidentParticipant')
  await node.database.asOwner(
    `insert into incident_participant select $1, i.id, i.organisation_id, i.tlp_rank, $3, 'informed', 'summary',
      false, '', now(), 'x', 1 from incident i where i.id = $2`,
    [id, incident, (await node.home())?.id ?? ''],
  )
  return id
}
