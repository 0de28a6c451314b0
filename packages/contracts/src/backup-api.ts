import { z } from 'zod'
import { Backup, BackupStatus } from './backup.ts'
import { endpoint } from './endpoint.ts'
import { PageQuery, pageOf } from './page.ts'

/** Backups of the node. Restoring is done on the host, by `haidang backup restore`. */
export const backupApi = {
  status: endpoint({
    method: 'GET',
    path: '/api/v1/backups/status',
    permission: 'station.manage',
    summary: 'Read how backups of this node stand',
    reply: BackupStatus,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/backups',
    permission: 'station.manage',
    summary: 'List the backups of this node, newest first',
    query: PageQuery.omit({ filter: true, sort: true }),
    reply: pageOf(Backup),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/backups',
    permission: 'station.manage',
    summary: 'Begin a backup now instead of at the next turn',
    body: z.object({ reason: z.string().trim().max(1000) }),
    reply: BackupStatus,
  }),
}
