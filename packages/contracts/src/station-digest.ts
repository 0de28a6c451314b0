import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { JournalDigest } from './journal-digest.ts'

/** What envelope `digest.signed` carries: digests of the sender's own journal, oldest first. */
export const SignedDigests = z.strictObject({ digests: z.array(JournalDigest).min(1).max(100) })
export type SignedDigests = z.infer<typeof SignedDigests>

/** How a digest stands to those the station told before; see `StationDigest`. */
export const DigestVerdict = z.enum(['first', 'continues', 'contradicts'])

/** Why a digest contradicts what the station told before. */
export const digestFaults = ['other-for-day', 'breaks-chain', 'entries-lost', 'other-head'] as const
export const DigestFault = z.enum(digestFaults)
export type DigestFault = z.infer<typeof DigestFault>

/** A digest of a station's journal as it is kept here. */
export const StationDigest = z.object({
  hash: z.string().describe('SHA-256 of its canonical JSON: what the next one names'),
  verdict: DigestVerdict.describe(
    'first: none was here before · continues: it names one that is here · contradicts: it does not',
  ),
  fault: DigestFault.nullable(),
  received_at: Instant,
  settled_at: Instant.nullable().describe('when somebody looked into a contradiction'),
  settled_by: z.string(),
  settled_reason: z.string(),
  digest: JournalDigest,
})
export type StationDigest = z.infer<typeof StationDigest>

/** Whether the history of a station still is what it told. */
export const StationHistory = z.object({
  id: idOf('station'),
  name: z.string(),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  last: StationDigest,
  kept: z.number().describe('digests kept here'),
  open: z.number().describe('contradictions nobody has looked into'),
})
export type StationHistory = z.infer<typeof StationHistory>
