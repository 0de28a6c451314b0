import { z } from 'zod'
import { AnswerProof } from './answer-proof.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { OrganisationKind } from './organisation.ts'
import type { Language } from './person.ts'
import { Severity } from './severity.ts'
import { Tlp } from './tlp.ts'

/** An advisory is told to many; a warning is told to the owner of what is concerned and expects an answer. */
export const AdvisoryKind = z.enum(['advisory', 'warning'])
export type AdvisoryKind = z.infer<typeof AdvisoryKind>

/** How far a draft is on its way to publication. */
export const AdvisoryStage = z.enum(['draft', 'review', 'approved'])
export type AdvisoryStage = z.infer<typeof AdvisoryStage>

/** The ladder of receipts of an advisory; the words of orders where the step is the same. */
export const AdvisoryStep = z.enum([
  'issued',
  'delivered',
  'read',
  'assessed',
  'remediated',
  'verified',
  'returned',
])
export type AdvisoryStep = z.infer<typeof AdvisoryStep>

/** What an addressee found out about itself. */
export const Assessment = z.enum(['affected', 'need_help', 'not_affected', 'mitigated', 'patched'])
export type Assessment = z.infer<typeof Assessment>

/** What an addressee found out about one of its information systems, under its own name for it. */
export const AssessedSystem = z.object({
  name: z.string().trim().min(1).max(300),
  assessment: Assessment,
})
export type AssessedSystem = z.infer<typeof AssessedSystem>

/** Systems one answer may speak of. */
export const mostAssessedSystems = 500
const systems = z.array(AssessedSystem).max(mostAssessedSystems).default([])

/** A text in both languages; the English may be missing. */
const texts = (most: number) =>
  z.object({
    vi: z.string().trim().min(1).max(most),
    en: z.string().trim().max(most).default(''),
  })

/** A text in the reader's language; the English may be missing. */
export function inLanguage(
  { vi, en }: { readonly vi: string; readonly en: string },
  language: Language,
): string {
  return language === 'en' && en ? en : vi
}

const component = String.raw`(?:[a-zA-Z0-9._-]|\\[\\*?!"#$%&'()+,/:;<=>@[\]^{|}~\x60])+`
const attribute = `(?:[*-]|[?*]?${component}[?*]?)`
const tongue = `(?:[a-zA-Z]{2,3}(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|[*-])`
const cpe = new RegExp(
  String.raw`^cpe:2\.3:[aho*-](?::${attribute}){5}:${tongue}(?::${attribute}){4}$`,
)

/** A product concerned, and which versions of it. */
export const AffectedProduct = z.object({
  vendor: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(200),
  versions: z.string().trim().min(1).max(300).describe('versions concerned: `< 7.2.3`, `2.1`'),
  fixed: z.string().trim().max(100).default('').describe('the first version that is not'),
  cpe: z
    .union([z.literal(''), z.string().max(500).regex(cpe, 'not a CPE 2.3 formatted string')])
    .default(''),
  purl: z
    .union([
      z.literal(''),
      z
        .string()
        .max(500)
        .regex(/^pkg:[a-z][a-z0-9.+-]*\/[^\s]+$/, 'not a package URL'),
    ])
    .default(''),
})
export type AffectedProduct = z.infer<typeof AffectedProduct>

/** The words CSAF has for what can be done about it. */
export const RemediationKind = z.enum([
  'vendor_fix',
  'mitigation',
  'workaround',
  'no_fix_planned',
  'none_available',
])
export type RemediationKind = z.infer<typeof RemediationKind>

const webAddress = z.url({ protocol: /^https?$/ }).max(2000)

export const AdvisoryContent = z.object({
  kind: AdvisoryKind,
  tlp: Tlp.default('amber'),
  severity: Severity,
  exercise: z.boolean().default(false).describe('part of a drill; never counts in real figures'),
  title: texts(300),
  summary: texts(20_000),
  action: texts(20_000).describe('what addressees are to do'),
  cves: z
    .array(z.string().regex(/^CVE-[0-9]{4}-[0-9]{4,}$/, 'not a CVE number'))
    .max(200)
    .default([]),
  products: z.array(AffectedProduct).max(200).default([]),
  remediations: z
    .array(
      z.object({
        kind: RemediationKind,
        text: z.string().trim().min(1).max(4000),
        url: z.union([z.literal(''), webAddress]).default(''),
      }),
    )
    .max(50)
    .default([]),
  references: z
    .array(z.object({ title: z.string().trim().min(1).max(300), url: webAddress }))
    .max(100)
    .default([]),
  indicators: z.array(z.string().trim().min(1).max(2048)).max(5000).default([]),
  answer_due_at: Instant.nullable().default(null).describe('by when addressees answer'),
})
export type AdvisoryContent = z.infer<typeof AdvisoryContent>

/** Whom one advisory may be told to at most. */
export const mostToldOf = 10_000

/** One addressee of a draft, with what is known of it alone. */
export const AdvisoryRecipient = z.object({
  organisation_id: idOf('organisation'),
  details: z
    .array(z.string().max(2048))
    .max(5000)
    .default([])
    .describe('lines only this addressee is told: its own addresses, what was seen, when'),
})
export type AdvisoryRecipient = z.infer<typeof AdvisoryRecipient>

/** A draft without its addressees, as lists show it. */
export const AdvisoryDraftLine = z.object({
  id: idOf('advisory'),
  number: z.string().nullable().describe('of the advisory it would replace'),
  published_version: z.int(),
  revision: z.int().describe('raised by every act; an act names the one it was decided on'),
  stage: AdvisoryStage,
  content: AdvisoryContent,
  addressee_count: z.int(),
  change_note: z.string(),
  author_name: z.string(),
  reviewer_name: z.string(),
  review_note: z.string(),
  created_at: Instant,
  updated_at: Instant,
})
export type AdvisoryDraftLine = z.infer<typeof AdvisoryDraftLine>

export const AdvisoryDraft = AdvisoryDraftLine.extend({
  own: z.boolean().describe('the reader wrote at it and so cannot approve it'),
  addressees: z.array(AdvisoryRecipient.extend({ organisation_name: z.string() })),
})
export type AdvisoryDraft = z.infer<typeof AdvisoryDraft>

/** How one addressee stands to an advisory. */
export const AdvisoryAddressee = z.object({
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  organisation_kind: OrganisationKind,
  step: AdvisoryStep,
  assessment: Assessment.nullable(),
  note: z.string(),
  systems,
  due_at: Instant.nullable(),
  overdue: z.boolean(),
  over_link: z.boolean().describe('it has a node of its own, which says what is done there'),
  version: z.int().describe('of the advisory this ladder is climbed for'),
  details: z.array(z.string()).describe('what only this addressee is told'),
  delivered_at: Instant.nullable(),
  read_at: Instant.nullable(),
  assessed_at: Instant.nullable(),
  remediated_at: Instant.nullable(),
  verified_at: Instant.nullable(),
})
export type AdvisoryAddressee = z.infer<typeof AdvisoryAddressee>

/** One line of the matrix. */
export const AdvisoryLine = AdvisoryAddressee.omit({ details: true }).extend({
  detail_count: z.int(),
})
export type AdvisoryLine = z.infer<typeof AdvisoryLine>

/** What was said on the ladder of one addressee. */
export const AdvisoryEntry = z.object({
  id: z.string(),
  step: AdvisoryStep,
  assessment: Assessment.nullable(),
  note: z.string(),
  systems,
  time: Instant,
  actor_name: z.string(),
  version: z.int(),
  proof: AnswerProof.nullable().default(null).describe('of an answer by the link in a mail'),
})
export type AdvisoryEntry = z.infer<typeof AdvisoryEntry>

/** Addressees counted by how they stand. */
export const AdvisoryTally = z.object({
  addressees: z.int(),
  undelivered: z.int(),
  silent: z.int().describe('told, and not answered yet'),
  overdue: z.int(),
  settled: z.int().describe('not affected, or remediated'),
  assessments: z.partialRecord(Assessment, z.int()),
})
export type AdvisoryTally = z.infer<typeof AdvisoryTally>

export const Advisory = z.object({
  id: idOf('advisory'),
  number: z.string(),
  state: z.enum(['published', 'cancelled']),
  version: z.int(),
  content: AdvisoryContent,
  issuer_id: idOf('organisation'),
  issuer_name: z.string(),
  remote: z.boolean().describe('published by the node above'),
  mine: z
    .enum(['issuer', 'addressee', 'observer'])
    .describe('what the reader’s organisation is to it'),
  tally: AdvisoryTally,
  own: AdvisoryAddressee.nullable().describe('the ladder of the reader’s organisation'),
  published_at: Instant,
  published_by_name: z.string(),
  updated_at: Instant,
  simulated: z.boolean(),
})
export type Advisory = z.infer<typeof Advisory>

/** What an advisory said, and why it was published so. */
export const AdvisoryVersion = z.object({
  version: z.int(),
  state: Advisory.shape.state,
  time: Instant,
  actor_name: z.string(),
  change_note: z.string(),
  content: AdvisoryContent,
})
export type AdvisoryVersion = z.infer<typeof AdvisoryVersion>

/** How many addressees of a kind gave which answer. */
export const RemediationCount = z.object({
  organisation_kind: OrganisationKind,
  tally: AdvisoryTally,
})
export type RemediationCount = z.infer<typeof RemediationCount>
