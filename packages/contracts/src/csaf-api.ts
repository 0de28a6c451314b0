import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'

/** Advisories in the Common Security Advisory Framework, version 2.0. */
export const csafApi = {
  document: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/csaf',
    permission: 'advisory.read',
    reads: 'advisory',
    summary:
      'What was published as a CSAF 2.0 document, for its issuer; without anybody’s own lines',
    params: z.object({ id: idOf('advisory') }),
    reply: z.unknown(),
  }),
}
