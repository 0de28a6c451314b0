import { z } from 'zod'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** Table of the event store that holds events brought back from the archive for a while. */
export const restoredTable = 'event_restored'

const HotDays = z.int().min(1).max(3650)
const ArchiveDays = z.int().min(0).max(36_500)

/** How long events are kept: in the event store, then for so many days more in the archive. */
const kept = {
  hot_days: HotDays.describe('days in the event store, counted from receipt'),
  archive_days: ArchiveDays.describe(
    'days after that in the archive; 0: gone with the event store’s',
  ),
  clause: z.string().trim().max(300).default('').describe('the law or contract that asks for it'),
}

/** Which events a rule means; an empty list means any. The first rule that fits decides. */
export const RetentionRule = z.strictObject({
  name: z.string().trim().min(1).max(120),
  tlp: z.array(Tlp).max(5).default([]),
  classes: z.array(z.int().min(0).max(4_294_967_295)).max(50).default([]).describe('class_uid'),
  sources: z.array(z.string().trim().min(1).max(80)).max(100).default([]).describe('source_id'),
  ...kept,
})
export type RetentionRule = z.infer<typeof RetentionRule>

/** Values of a statement travel in the address of a request, which engines bound. */
const mostSources = 100

export const RetentionPolicy = z
  .strictObject({
    archive: z
      .boolean()
      .default(true)
      .describe('whether events are written to the archive; nothing is deleted before it is there'),
    rules: z.array(RetentionRule).max(50).default([]),
    otherwise: z.strictObject(kept).describe('events no rule means'),
  })
  .refine(({ rules }) => rules.flatMap(({ sources }) => sources).length <= mostSources, {
    path: ['rules'],
    error: `rules name ${mostSources} sources at most; let a class or a TLP say it`,
  })
export type RetentionPolicy = z.infer<typeof RetentionPolicy>

/** A dated version of the policy; 0: what the node keeps by default. */
export const RetentionVersion = z.object({
  version: z.int(),
  policy: RetentionPolicy,
  reason: z.string(),
  actor_name: z.string(),
  created_at: Instant.nullable(),
})
export type RetentionVersion = z.infer<typeof RetentionVersion>

/** What a policy would delete at its next turn. */
const RetentionEffect = z.object({
  events: z.number().describe('rows of the event store'),
  event_bytes: z.number().describe('on disk, by the average of their days'),
  waiting: z.number().describe('of these, rows that stay until the archive has them'),
  files: z.number().describe('files of the archive'),
  file_events: z.number(),
  file_bytes: z.number(),
})
export type RetentionEffect = z.infer<typeof RetentionEffect>

export const RetentionPreview = z.object({ in_force: RetentionEffect, tried: RetentionEffect })
export type RetentionPreview = z.infer<typeof RetentionPreview>

/**
 * hot: in the event store, too · leaving: being deleted there · archived: only in the archive ·
 * restored: brought back for searches.
 */
export const ArchiveState = z.enum(['hot', 'leaving', 'archived', 'restored'])
export type ArchiveState = z.infer<typeof ArchiveState>

/** One file of the archive: events of an hour, an organisation and a TLP. */
export const ArchiveFile = z.object({
  sha256: z.string(),
  hour: Instant.describe('hour of receipt'),
  organisation_id: z.string(),
  tlp: Tlp,
  rows: z.number(),
  bytes: z.number(),
  min_time: Instant,
  max_time: Instant,
  classes: z.array(z.number()),
  sources: z.array(z.string()),
  state: ArchiveState,
  archived_at: Instant,
  verified_at: Instant,
  fault: z.string().describe('what the last verification found wrong; empty: nothing'),
})
export type ArchiveFile = z.infer<typeof ArchiveFile>

/** How the archive stands. */
export const ArchiveStatus = z.object({
  on: z.boolean(),
  files: z.number(),
  rows: z.number(),
  bytes: z.number(),
  restored_rows: z.number(),
  faulty: z.number().describe('files whose last verification failed'),
  /** Hours whose archive is not what the event store holds, and why. */
  troubles: z.array(z.object({ hour: Instant, cause: z.string() })),
  waiting_hours: z.number().describe('closed hours that are not archived yet'),
  last_turn_at: Instant.nullable(),
  last_error: z.string(),
})
export type ArchiveStatus = z.infer<typeof ArchiveStatus>

/** How far a search reached into the archive. */
export const ArchiveReach = z.object({
  files: z.number().describe('files of the range that lie only in the archive'),
  waiting: z.number().describe('of these, files that are still being brought back; search again'),
  beyond: z.number().describe('of these, files there is no room for; search a shorter range'),
})
export type ArchiveReach = z.infer<typeof ArchiveReach>
