import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { RedactionPreview } from './person-redaction.ts'
import { PersonalHolding, PersonalRetention, PersonalRules } from './personal-retention.ts'
import { SheetFormat } from './sheet-import.ts'

const params = z.object({ id: idOf('person') })
const reason = z.string().trim().min(3).max(1_000)

/** Records about people: the register, how long they are kept, and removing those of one person. */
export const personalDataApi = {
  register: endpoint({
    method: 'GET',
    path: '/api/v1/personal-data/register',
    permission: 'signed-in',
    summary: 'The register of processing of personal data as CSV or XLSX',
    query: z.object({ format: SheetFormat }),
    reply: z.unknown(),
  }),
  retention: endpoint({
    method: 'GET',
    path: '/api/v1/personal-data/retention',
    permission: 'person.manage',
    summary: 'How long records about people are kept, and what there is of them now',
    reply: z.object({
      policy: PersonalRetention,
      holdings: z.array(PersonalHolding),
      last_run_at: Instant.nullable(),
      next_run_at: Instant,
    }),
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/personal-data/retention/versions',
    permission: 'person.manage',
    summary: 'List the versions of that policy, newest first',
    query: PageQuery.omit({ filter: true, sort: true }),
    reply: pageOf(PersonalRetention),
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/personal-data/retention/preview',
    permission: 'person.manage',
    summary: 'What changed periods would remove at the next run',
    body: z.object({ rules: PersonalRules }),
    reply: z.object({ holdings: z.array(PersonalHolding) }),
  }),
  change: endpoint({
    method: 'POST',
    path: '/api/v1/personal-data/retention',
    permission: 'person.manage',
    summary: 'Change how long records about people are kept, with a reason',
    body: z.object({
      rules: PersonalRules,
      reason,
      based_on: z.int().min(0).describe('version the change was made from'),
    }),
    reply: PersonalRetention,
  }),
  redactionPreview: endpoint({
    method: 'GET',
    path: '/api/v1/people/:id/redaction',
    permission: 'person.manage',
    summary: 'What removing the personal data of a disabled account would touch, and what stays',
    params,
    reply: RedactionPreview,
  }),
  redact: endpoint({
    method: 'POST',
    path: '/api/v1/people/:id/redaction',
    permission: 'person.manage',
    summary: 'Remove the personal data of a disabled account for good; again changes nothing',
    params,
    body: z.object({ reason }),
    reply: RedactionPreview,
  }),
}
