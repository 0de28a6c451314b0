import type { RowAccess } from './database/row-access.ts'

/** Who sees the rows of the tables of this package. */
export const runtimeRowAccess: readonly RowAccess[] = [
  { table: 'migration', holds: 'migrations that were applied', reach: 'node' },
  {
    table: 'journal',
    holds: 'entries of the journal',
    reach: 'own',
    owner: 'organisation_id',
    rank: 'tlp_rank',
    searched: true,
  },
  { table: 'journal_reader', holds: 'how far each consequence has read', reach: 'node' },
]
