import { z } from 'zod'
import { Advisory, AdvisoryContent, AdvisoryVersion } from './advisory.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

/** A number of its own series: those of advisories that are not public leave no gap in it. */
const PublicNumber = z.string().max(40)

/** An advisory of TLP:CLEAR as everybody reads it. */
export const PublicAdvisory = z.object({
  number: PublicNumber.describe('of the public series; the internal number is not told'),
  state: Advisory.shape.state,
  issuer_name: z.string(),
  simulated: z.boolean(),
  published_at: Instant.describe('when it became public'),
  updated_at: Instant,
  content: AdvisoryContent.omit({ answer_due_at: true, exercise: true, kind: true }),
})
export type PublicAdvisory = z.infer<typeof PublicAdvisory>

/** With what its public versions changed. */
export const PublicAdvisoryPage = PublicAdvisory.extend({
  versions: z.array(AdvisoryVersion.pick({ version: true, time: true, change_note: true })),
  csaf: z.url().nullable().describe('where its CSAF document is; null: this node provides none'),
})
export type PublicAdvisoryPage = z.infer<typeof PublicAdvisoryPage>

/** What anybody may read without signing in, where the node publishes advisories (`public.advisories`). */
export const publicAdvisoryApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/public-advisories',
    permission: 'public',
    summary: 'Advisories of TLP:CLEAR, newest first; for everybody',
    query: PageQuery,
    reply: pageOf(PublicAdvisory),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/public-advisories/:number',
    permission: 'public',
    summary: 'One advisory of TLP:CLEAR; for everybody',
    params: z.object({ number: PublicNumber }),
    reply: PublicAdvisoryPage,
  }),
}
