import type { RowAccess } from '@haidang/runtime/database/row-access'

const own = { reach: 'own', owner: 'organisation_id', rank: 0 } as const
const classified = { reach: 'own', owner: 'organisation_id', rank: 'tlp_rank' } as const

/** Who sees the rows of the tables of this package. */
export const stationRowAccess: readonly RowAccess[] = [
  { table: 'source', holds: 'sources', kind: 'source', ...own },
  { table: 'source_counter', holds: 'what became of their records', ...own },
  { table: 'source_hour', holds: 'what came in each hour', ...own },
  { table: 'source_silence', holds: 'silences of sources', kind: 'silence', ...own },
  { table: 'watched_hour', holds: 'how long the station watched', reach: 'node' },
  { table: 'reject', holds: 'records that could not be parsed', kind: 'reject', ...classified },
  { table: 'reject_replay', holds: 'replays of rejects', kind: 'replay', ...own },
  { table: 'reject_replay_step', holds: 'the step a replay is at', reach: 'node' },
  { table: 'line_checkpoint', holds: 'how far the line is', reach: 'node' },
  { table: 'file_checkpoint', holds: 'how far files are read', reach: 'node' },
  { table: 'kafka_position', holds: 'how far partitions are read', reach: 'node' },
  { table: 'batch_key', holds: 'batches already taken in', reach: 'node' },
  { table: 'directed_rule_file', holds: 'rules this node was given', reach: 'node' },
  { table: 'directed_rule_set', holds: 'sets of them', reach: 'node' },
  { table: 'detection_snapshot', holds: 'memory of detection', reach: 'node' },
  { table: 'detection_range', holds: 'memory of detection since', reach: 'node' },
  { table: 'release_version', holds: 'release policies', ...own },
  { table: 'release_count', holds: 'how many records met which decision', reach: 'node' },
  { table: 'release_clock', holds: 'up to when exceptions were told of', reach: 'node' },
  { table: 'direct_monitoring', holds: 'what the parent asks for', reach: 'node' },
  { table: 'event_offer', holds: 'events on their way to the parent', reach: 'node' },
  { table: 'retention_version', holds: 'retention policies', ...own },
  { table: 'retention_day', holds: 'what was deleted of a day', reach: 'node' },
  { table: 'archive_file', holds: 'files of the archive', ...classified },
  { table: 'archive_litter', holds: 'files that may lie there unnamed', reach: 'node' },
]
