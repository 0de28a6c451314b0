import { z } from 'zod'
import {
  Advisory,
  AdvisoryAddressee,
  AdvisoryContent,
  AdvisoryDraft,
  AdvisoryDraftLine,
  AdvisoryEntry,
  AdvisoryLine,
  AdvisoryRecipient,
  AdvisoryVersion,
  AssessedSystem,
  Assessment,
  mostAssessedSystems,
  mostToldOf,
  RemediationCount,
} from './advisory.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'

const params = z.object({ id: idOf('advisory') })
const note = z.string().trim().max(4000)
const reason = note.min(3)
const recipients = z.array(AdvisoryRecipient).max(mostToldOf)
const revision = z.int().min(1).describe('the one this is decided on')

/** Drafts on their way: written, reviewed by somebody else, published. */
export const advisoryDraftApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/advisory-drafts',
    permission: 'advisory.write',
    summary: 'List drafts of advisories and warnings',
    query: PageQuery,
    reply: pageOf(AdvisoryDraftLine),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/advisory-drafts/:id',
    permission: 'advisory.write',
    summary: 'Read one draft with its addressees',
    params,
    reply: AdvisoryDraft,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-drafts',
    permission: 'advisory.write',
    summary: 'Begin an advisory or a warning',
    body: z.object({ content: AdvisoryContent, addressees: recipients.default([]) }),
    reply: AdvisoryDraft,
  }),
  revise: endpoint({
    method: 'POST',
    path: '/api/v1/advisories/:id/revise',
    permission: 'advisory.write',
    summary: 'Begin a new version of what was published',
    params,
    reply: AdvisoryDraft,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/advisory-drafts/:id',
    permission: 'advisory.write',
    summary: 'Change a draft; it must be reviewed anew',
    params,
    body: z.object({
      revision,
      content: AdvisoryContent.optional(),
      addressees: recipients.optional(),
      change_note: note.optional().describe('what a new version changes, told to addressees'),
    }),
    reply: AdvisoryDraft,
  }),
  submit: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-drafts/:id/submit',
    permission: 'advisory.write',
    summary: 'Ask for the review of a draft',
    params,
    body: z.object({ revision }),
    reply: AdvisoryDraft,
  }),
  review: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-drafts/:id/review',
    permission: 'advisory.review',
    summary: 'Approve or return a draft others wrote',
    params,
    body: z.object({ revision, verdict: z.enum(['approved', 'returned']), note: note.default('') }),
    reply: AdvisoryDraft,
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-drafts/:id/publish',
    permission: 'advisory.publish',
    summary: 'Publish an approved draft to its addressees',
    params,
    body: z.object({ revision }),
    reply: Advisory,
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/api/v1/advisory-drafts/:id',
    permission: 'advisory.write',
    summary: 'Throw a draft away; what is published stays',
    params,
    reply: z.object({}),
  }),
}

/** What was published, and how its addressees answer. */
export const advisoryApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/advisories',
    permission: 'advisory.read',
    summary: 'List advisories and warnings published by or told to the reader’s organisation',
    query: PageQuery,
    reply: pageOf(Advisory),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id',
    permission: 'advisory.read',
    reads: 'advisory',
    summary: 'Read one advisory, with the reader’s own lines',
    params,
    reply: Advisory,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/v1/advisories/:id/answers',
    permission: 'advisory.answer',
    summary: 'Say that it was read, or what it means here',
    params,
    body: z.object({
      assessment: Assessment.nullable().describe('null: it was read, or see `systems`'),
      systems: z
        .array(AssessedSystem)
        .max(mostAssessedSystems)
        .default([])
        .describe('the same for each information system; the gravest is what holds for all'),
      note: note.default(''),
      version: z.int().min(1).describe('version this answers; refused where it was replaced'),
    }),
    reply: Advisory,
  }),
  judge: endpoint({
    method: 'POST',
    path: '/api/v1/advisories/:id/judgements',
    permission: 'advisory.publish',
    summary: 'Confirm the answer of an addressee after a check, or return it',
    params,
    body: z.object({
      organisation_id: idOf('organisation'),
      verdict: z.enum(['verified', 'returned']),
      note: note.default(''),
    }),
    reply: AdvisoryAddressee,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/api/v1/advisories/:id/cancel',
    permission: 'advisory.publish',
    summary: 'Cancel an advisory with a reason',
    params,
    body: z.object({ reason }),
    reply: Advisory,
  }),
  addressees: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/addressees',
    permission: 'advisory.read',
    summary: 'Addressees and how they answered, page by page; `silent:true` finds who did not',
    params,
    query: PageQuery,
    reply: pageOf(AdvisoryLine),
  }),
  ladder: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/addressees/:organisation',
    permission: 'advisory.read',
    reads: 'advisory',
    summary: 'One addressee with its own lines and everything it said',
    params: params.extend({ organisation: idOf('organisation') }),
    reply: AdvisoryAddressee.extend({ entries: z.array(AdvisoryEntry) }),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/addressee-export',
    permission: 'advisory.read',
    reads: 'advisory',
    summary: 'Addressees and how they answered, as a sheet',
    params,
    query: z.object({ format: SheetFormat, filter: z.string().max(2048).optional() }),
    reply: z.unknown(),
  }),
  remediation: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/remediation',
    permission: 'advisory.read',
    summary: 'How far remediation is, by kind of organisation',
    params,
    reply: z.object({ items: z.array(RemediationCount) }),
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/advisories/:id/versions',
    permission: 'advisory.read',
    summary: 'What it said in each version and why it was changed, newest first',
    params,
    reply: z.object({ items: z.array(AdvisoryVersion) }),
  }),
}
