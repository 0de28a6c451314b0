import { z } from 'zod'
import {
  ArchiveFile,
  ArchiveStatus,
  RetentionPolicy,
  RetentionPreview,
  RetentionVersion,
} from './archive.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

const Range = z.object({ from: Instant, to: Instant })

/** The archive of events, and how long events are kept. */
export const archiveApi = {
  status: endpoint({
    method: 'GET',
    path: '/api/v1/archive',
    permission: 'station.read',
    summary: 'Read how the archive of events stands',
    reply: ArchiveStatus,
  }),
  files: endpoint({
    method: 'GET',
    path: '/api/v1/archive/files',
    permission: 'station.read',
    summary: 'List the files of the archive, newest hour first',
    query: PageQuery.omit({ filter: true, sort: true }),
    reply: pageOf(ArchiveFile),
  }),
  run: endpoint({
    method: 'POST',
    path: '/api/v1/archive/run',
    permission: 'station.manage',
    summary: 'Archive closed hours and apply retention now instead of at the next turn',
    reply: ArchiveStatus,
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/v1/archive/verify',
    permission: 'station.manage',
    summary: 'Read files of a range of hours back and compare checksum and number of rows',
    body: Range,
    reply: z.object({ verified: z.number(), faulty: z.number() }),
  }),
  restore: endpoint({
    method: 'POST',
    path: '/api/v1/archive/restore',
    permission: 'station.manage',
    summary: 'Bring the archived events of a range of event times back for searches, for a while',
    body: Range,
    reply: z.object({ files: z.number(), waiting: z.number(), beyond: z.number() }),
  }),
  retention: endpoint({
    method: 'GET',
    path: '/api/v1/archive/retention',
    permission: 'station.read',
    summary: 'Read how long events are kept',
    reply: RetentionVersion,
  }),
  retentionVersions: endpoint({
    method: 'GET',
    path: '/api/v1/archive/retention/versions',
    permission: 'station.read',
    summary: 'List the versions of the retention policy, newest first',
    query: PageQuery.omit({ filter: true, sort: true }),
    reply: pageOf(RetentionVersion),
  }),
  publishRetention: endpoint({
    method: 'POST',
    path: '/api/v1/archive/retention',
    permission: 'station.manage',
    summary: 'Put a retention policy into force, with a reason',
    body: z.object({
      policy: RetentionPolicy,
      reason: z.string().trim().min(3).max(1000),
      based_on: z.int().min(0).describe('version the change was made from'),
    }),
    reply: RetentionVersion,
  }),
  previewRetention: endpoint({
    method: 'POST',
    path: '/api/v1/archive/retention/preview',
    permission: 'station.read',
    summary: 'Show what a retention policy would delete, against the one in force',
    body: z.object({ policy: RetentionPolicy }),
    reply: RetentionPreview,
  }),
}
