import type { RowAccess } from '@haidang/runtime/database/row-access'

const own = { reach: 'own', owner: 'organisation_id', rank: 0 } as const

/** Who sees the rows of the tables of this package. */
export const linkRowAccess: readonly RowAccess[] = [
  { table: 'station', holds: 'nodes below this one', kind: 'station', ...own },
  { table: 'station_stream', holds: 'watermarks of their streams', reach: 'node' },
  { table: 'station_gap', holds: 'gaps in what they sent', ...own },
  { table: 'station_reject', holds: 'records of theirs that could not be read', ...own, rank: 4 },
  { table: 'join_code', holds: 'codes to join with', ...own },
  { table: 'join_file', holds: 'requests to join that came by file', ...own },
  { table: 'link_join_request', holds: 'the own request by file', reach: 'node' },
  { table: 'link_trusted_key', holds: 'keys whose signatures count', reach: 'node' },
  { table: 'link_signing_key', holds: 'public parts of keys this node signed with', reach: 'node' },
  { table: 'link_envelope', holds: 'envelopes as they stood on the wire', reach: 'node' },
  { table: 'link_box', holds: 'what waits to be sent, counted', reach: 'node' },
  { table: 'link_box_record', holds: 'what waits to be sent', reach: 'node' },
  { table: 'link_down_stream', holds: 'how far the parent was heard', reach: 'node' },
  { table: 'directed_configuration', holds: 'what the parent set here', reach: 'node' },
  { table: 'setting_consent', holds: 'what the owner lets it set', reach: 'node' },
  { table: 'link_parent', holds: 'the tie to the parent', reach: 'node' },
]
