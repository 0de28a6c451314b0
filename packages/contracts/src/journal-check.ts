import { z } from 'zod'
import { Instant } from './instant.ts'
import { JournalDigest } from './journal-digest.ts'

/** What can be wrong with the chain; see `ChainBreak`. */
export const chainFaults = [
  'altered',
  'hash-altered',
  'removed',
  'inserted',
  'reordered',
  'cut',
  'rewritten',
  'digest-altered',
] as const
export const ChainFault = z.enum(chainFaults)
export type ChainFault = z.infer<typeof ChainFault>

/** The first place where the journal is not what was written. */
export const ChainBreak = z.object({
  fault: ChainFault,
  seq: z.number().describe('position of the first entry concerned'),
  until: z.number().describe('last position it may concern; the same as `seq` where one entry is'),
  entry_id: z.string().nullable().describe('entry that stands at `seq` now, if one does'),
  expected: z.string().describe('hash that belongs there, or position; empty where unknown'),
  found: z.string().describe('what stands or computes there; empty where nothing does'),
})
export type ChainBreak = z.infer<typeof ChainBreak>

/** What a check of the chain came to. */
export const ChainReport = z.object({
  entries: z.number().describe('position of the newest entry when the check began'),
  from: z.number().describe('first position checked'),
  checked: z.number().describe('entries read and recomputed'),
  anchors: z.number().describe('signed digests the chain was compared with'),
  intact: z.boolean(),
  broken_at: z.number().nullable(),
  broken: ChainBreak.nullable(),
  head: z.string().describe('hash of the last entry that is as it was written'),
})
export type ChainReport = z.infer<typeof ChainReport>

/** What to check. */
export const CheckDraft = z
  .object({
    since: z
      .union([z.int().min(1), Instant])
      .optional()
      .describe(
        'first entry to check, by position or time; what lies before is taken as it stands',
      ),
    digests: z
      .array(JournalDigest)
      .max(1000)
      .optional()
      .describe('signed digests somebody kept, to compare the chain with'),
  })
  .default({})
export type CheckDraft = z.infer<typeof CheckDraft>

/** The check that runs or ran last on this node. */
export const ChainCheck = z.object({
  state: z.enum(['none', 'running', 'done', 'failed', 'cancelled']),
  started_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  started_by: z.string(),
  checked: z.number(),
  entries: z.number(),
  report: ChainReport.nullable(),
  error: z.string(),
})
export type ChainCheck = z.infer<typeof ChainCheck>

/** Where the chain ends, and what its last check came to. */
export const ChainState = z.object({
  entries: z.number().describe('position of the newest entry'),
  head: z.string().describe('its hash; empty where there is none'),
  verified: z
    .object({ entry_id: z.string(), at: Instant, by: z.string(), report: ChainReport })
    .nullable()
    .describe('the last check that ran to its end, as the journal tells of it'),
})
export type ChainState = z.infer<typeof ChainState>

/** Tells a person what a break is, in English, as the command line prints it. */
export function breakText(broken: ChainBreak): string {
  const { fault, seq, until, expected, found } = broken
  const entry = broken.entry_id === null ? `entry ${seq}` : `entry ${seq} (${broken.entry_id})`
  const entries = until > seq ? `entries ${seq} to ${until}` : `entry ${seq}`
  const texts: Readonly<Record<ChainFault, string>> = {
    altered: `${entry} was altered: what stands there gives ${found}, written was ${expected}`,
    'hash-altered': `the hash of ${entry} was altered: ${found} stands there, ${expected} belongs there`,
    removed: `${entries} were removed`,
    inserted: `${entry} was inserted: the entry that belongs there stands at ${expected}`,
    reordered: `${entry} is out of order: the entry that belongs there stands at ${expected}`,
    cut: `the end was cut off: ${entries} are missing`,
    rewritten: `${entries}: something was changed and every later hash recomputed; a signed digest says ${expected}, the journal ${found}`,
    'digest-altered': `the node's own digest that ends at entry ${seq}, or the one before it, was altered or removed`,
  }
  return texts[fault]
}
