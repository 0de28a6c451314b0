import { z } from 'zod'
import { Instant } from './instant.ts'

/** A backup that lies whole in its place. */
export const Backup = z.object({
  id: z.string(),
  kind: z.enum(['whole', 'records']),
  node: z.string(),
  version: z.string().describe('of the program that made it'),
  created_at: Instant.describe('the moment whose state it holds'),
  finished_at: Instant,
  bytes: z.number().describe('compressed and encrypted, pieces shared with others counted too'),
  files: z.number(),
  events: z.number(),
})
export type Backup = z.infer<typeof Backup>

/** How backups of the node stand. */
export const BackupStatus = z.object({
  place: z.string().nullable().describe('null: none is configured'),
  every_hours: z.number(),
  keep: z.number(),
  last: Backup.nullable().describe('the newest that is whole'),
  running: z
    .object({ since: Instant, step: z.string(), bytes: z.number() })
    .nullable()
    .describe('the one being made'),
  failed: z
    .object({ at: Instant, cause: z.string() })
    .nullable()
    .describe('why the last try failed'),
})
export type BackupStatus = z.infer<typeof BackupStatus>
