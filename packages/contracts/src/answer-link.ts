import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { ActionResult, Order } from './order.ts'
import { Tlp } from './tlp.ts'

/**
 * What may be said by the link in a mail, in one step: `completed` with what was not done and why, `help` leaves
 * the order with the addressee.
 */
export const LinkAnswer = z.enum(['read', 'accepted', 'completed', 'disputed', 'help'])
export type LinkAnswer = z.infer<typeof LinkAnswer>

/** How an order stands for whom the link was made. */
export const LinkState = z
  .enum(['open', 'answered', 'withdrawn', 'replaced', 'closed', 'sign-in'])
  .describe(
    '`replaced`: a newer mail has the link that holds; `sign-in`: its TLP forbids showing it here',
  )
export type LinkState = z.infer<typeof LinkState>

/** What the page behind a link shows; the order itself only while the link may show it. */
export const LinkedOrder = z.object({
  state: LinkState,
  contact_name: z.string(),
  organisation_name: z.string(),
  tlp: Tlp,
  number: z.string().describe('of the order; empty where its TLP forbids showing it'),
  expires_at: Instant,
  withdrawal: z.string().describe('why it was withdrawn'),
  answers: z.array(LinkAnswer).describe('what may be answered now, the expected one first'),
  order: Order.nullable(),
})
export type LinkedOrder = z.infer<typeof LinkedOrder>

/** Files of one answer. */
export const mostLinkFiles = 10

const token = z.string().min(20).max(100)

/** What the holder of a link answers. */
export const LinkAnswerDraft = z.object({
  token,
  request_id: z.uuid().describe('chosen by the caller; the same again changes nothing'),
  answer: LinkAnswer,
  note: z.string().trim().max(10_000).default(''),
  results: z.array(ActionResult).max(50).default([]),
  files: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(300),
        media_type: z.string().max(200).default('application/octet-stream'),
        content: z.base64().max(7_000_000),
      }),
    )
    .max(mostLinkFiles)
    .default([])
    .describe('evidence, together at most 5 MB'),
  seen: z
    .string()
    .max(60)
    .optional()
    .describe('id of the last entry the writer saw; refused where somebody wrote since'),
})
export type LinkAnswerDraft = z.infer<typeof LinkAnswerDraft>

/** Reading is a POST, too: nothing a mail filter fetches in advance reads or answers. */
export const answerLinkApi = {
  read: endpoint({
    method: 'POST',
    path: '/api/v1/answer-links/read',
    permission: 'public',
    summary: 'The order a link in a mail is about; the token is the proof',
    body: z.object({ token }),
    reply: LinkedOrder,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/v1/answer-links',
    permission: 'public',
    summary: 'Answer an order by the link in a mail; the token is the proof',
    body: LinkAnswerDraft,
    reply: LinkedOrder,
  }),
}
