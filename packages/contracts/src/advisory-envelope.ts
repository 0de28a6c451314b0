import { z } from 'zod'
import { Advisory, AdvisoryEntry, AdvisoryRecipient, AdvisoryVersion } from './advisory.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** Characters of the CSAF document beside an advisory at most; a larger one is left out. */
const mostCsafCharacters = 2_000_000

/** Whether a CSAF document may travel with its advisory. */
export function isCsafSent(document: object | null): boolean {
  return document === null || JSON.stringify(document).length <= mostCsafCharacters
}

/** Payload of envelopes `advisory.published` and `advisory.updated`. */
export const AdvisoryTold = Advisory.pick({
  id: true,
  number: true,
  version: true,
  content: true,
  issuer_name: true,
  published_at: true,
  published_by_name: true,
  updated_at: true,
  simulated: true,
}).extend({
  change_note: AdvisoryVersion.shape.change_note,
  details: AdvisoryRecipient.shape.details,
  csaf: z
    .record(z.string(), z.unknown())
    .nullable()
    .refine(isCsafSent, 'larger than a document that travels with its advisory')
    .describe(
      'the same as a CSAF 2.0 document; null where its publisher has no website or it is too large',
    ),
})
export type AdvisoryTold = z.infer<typeof AdvisoryTold>

/** Payload of envelope `advisory.cancelled`. */
export const AdvisoryCancelled = z.object({
  advisory_id: idOf('advisory'),
  version: z.int().min(1),
  reason: z.string().max(4000),
  time: Instant,
  actor_name: z.string().max(300),
})
export type AdvisoryCancelled = z.infer<typeof AdvisoryCancelled>

/**
 * Payload of the envelopes of a ladder: `advisory.received`, `.read`, `.assessed`, `.remediated` up, `.verified` and
 * `.returned` down. What was received is the step `delivered`.
 */
export const AdvisoryStepTold = z.object({
  advisory_id: idOf('advisory'),
  entry: AdvisoryEntry.omit({ proof: true }).extend({
    id: z.string().min(1).max(100),
    note: z.string().max(4000),
    actor_name: z.string().max(300),
  }),
  judged: z.string().max(100).nullable().default(null).describe('the answer a judgement is about'),
})
export type AdvisoryStepTold = z.infer<typeof AdvisoryStepTold>
