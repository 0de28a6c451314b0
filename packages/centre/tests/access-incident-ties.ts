import { createClient, type Send } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentLinkApi } from '@haidang/contracts/incident-link-api'
import { incidentMergeApi } from '@haidang/contracts/incident-merge-api'
import type { Tlp } from '@haidang/contracts/tlp'

/** An incident of an organisation, told to a group where one is named; another merged into it and linked with it. */
export async function addIncidents(
  local: Send,
  organisation_id: string,
  n: number,
  tlp: Tlp,
  group: string | undefined,
) {
  const told_to = { organisations: [], groups: group ? [group] : [], people: [] }
  const body = { title: `Sự cố ${n}`, organisation_id, tlp, told_to }
  const incidents = createClient(incidentApi, local)
  const { id: incident } = await incidents.open({ body })
  const { id: otherIncident } = await incidents.open({ body })
  const merges = createClient(incidentMergeApi, local)
  const { merge } = await merges.merge({ body: { into: incident, ids: [otherIncident] } })
  const links = await createClient(incidentLinkApi, local).add({
    params: { id: incident },
    body: { kind: 'duplicate_of', other_ids: [otherIncident] },
  })
  return {
    incident,
    otherIncident,
    incidentMerge: merge.id,
    incidentLink: links.items[0]?.id ?? '',
  }
}
