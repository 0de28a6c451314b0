import { z } from 'zod'
import { Advisory, Assessment } from './advisory.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** How an advisory stands for whom the link was made. */
export const AdvisoryLinkState = z
  .enum(['open', 'answered', 'cancelled', 'replaced', 'sign-in'])
  .describe(
    '`replaced`: a newer mail has the link that holds; `sign-in`: its TLP forbids showing it here',
  )
export type AdvisoryLinkState = z.infer<typeof AdvisoryLinkState>

/** What the page behind a link shows; the advisory itself only while the link may show it. */
export const LinkedAdvisory = z.object({
  state: AdvisoryLinkState,
  contact_name: z.string(),
  organisation_name: z.string(),
  tlp: Tlp,
  number: z.string().describe('of the advisory; empty where its TLP forbids showing it'),
  expires_at: Instant,
  cancellation: z.string().describe('why it was cancelled'),
  answers: z.array(Assessment).describe('what may be answered now'),
  advisory: Advisory.nullable(),
})
export type LinkedAdvisory = z.infer<typeof LinkedAdvisory>

const token = z.string().min(20).max(100)

/** What the holder of a link answers. */
export const AdvisoryLinkAnswer = z.object({
  token,
  request_id: z.uuid().describe('chosen by the caller; the same again changes nothing'),
  assessment: Assessment,
  note: z.string().trim().max(4000).default(''),
})
export type AdvisoryLinkAnswer = z.infer<typeof AdvisoryLinkAnswer>

/** Reading is a POST, too: nothing a mail filter fetches in advance reads or answers. */
export const advisoryAnswerLinkApi = {
  read: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-answer-links/read',
    permission: 'public',
    summary: 'The advisory a link in a mail is about; the token is the proof',
    body: z.object({ token }),
    reply: LinkedAdvisory,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-answer-links',
    permission: 'public',
    summary: 'Answer an advisory by the link in a mail; the token is the proof',
    body: AdvisoryLinkAnswer,
    reply: LinkedAdvisory,
  }),
}
