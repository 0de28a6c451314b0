import type { StationRow } from '../station-tables.ts'

/** This node as its own station part is listed. */
export interface LocalNode {
  readonly id: string
  readonly name: string
  readonly software: string
  readonly capabilities: readonly string[]
  readonly simulated: boolean
}

/** The row of this node's own station part: it needs neither key nor approval. */
export function localStation(
  id: string,
  node: LocalNode,
  organisationId: string,
  now: string,
): StationRow {
  return {
    id,
    node_id: node.id,
    organisation_id: organisationId,
    name: node.name,
    local: true,
    state: 'connected',
    software: node.software,
    location: '',
    contact: '',
    capabilities: [...node.capabilities],
    fingerprint: '',
    accepted_fingerprint: null,
    revoked_fingerprint: null,
    csr: null,
    certificate: null,
    certificate_expires_at: null,
    ticket_hash: null,
    signing_key: '',
    reason: '',
    last_heartbeat_at: now,
    last_data_at: null,
    heartbeat: null,
    source_count: 0,
    lacking_sources: 0,
    replaced_by: null,
    authority: null,
    renewal_due: false,
    simulated: node.simulated,
    joined_at: now,
    created_at: now,
  }
}
