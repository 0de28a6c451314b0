import type {
  Advisory,
  AdvisoryContent,
  AdvisoryRecipient,
  AdvisoryStage,
  AdvisoryStep,
  AssessedSystem,
  Assessment,
} from '@haidang/contracts/advisory'
import type { AnswerProof } from '@haidang/contracts/answer-proof'
import type { OrganisationKind } from '@haidang/contracts/organisation'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { bigint, boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

/** Drafts; one at a time for what is published already. */
export const advisoryDraft = pgTable('advisory_draft', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  number: text('number'),
  published_version: integer('published_version').notNull(),
  revision: integer('revision').notNull(),
  stage: text('stage').$type<AdvisoryStage>().notNull(),
  content: json<AdvisoryContent>('content').notNull(),
  addressees: json<AdvisoryRecipient[]>('addressees').notNull(),
  change_note: text('change_note').notNull(),
  authors: text('authors').array().notNull(),
  author_name: text('author_name').notNull(),
  reviewer_name: text('reviewer_name').notNull(),
  review_note: text('review_note').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  folded: text('folded').notNull(),
})
export type DraftRow = typeof advisoryDraft.$inferSelect

/** What was published; `organisation_id` is the issuer. */
export const advisory = pgTable('advisory', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  organisation_name: text('organisation_name').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  number: text('number').notNull(),
  state: text('state').$type<Advisory['state']>().notNull(),
  version: integer('version').notNull(),
  content: json<AdvisoryContent>('content').notNull(),
  simulated: boolean('simulated').notNull(),
  /** Published by the node above. */
  remote: boolean('remote').notNull(),
  published_by_name: text('published_by_name').notNull(),
  published_at: instant('published_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  /** Of its own series, since it became public; null: it never was. */
  public_number: text('public_number'),
  public_at: instant('public_at'),
  folded: text('folded').notNull(),
})
export type AdvisoryRow = typeof advisory.$inferSelect

/** One ladder for each addressee; names are those of the day of publication. */
export const advisoryAddressee = pgTable(
  'advisory_addressee',
  {
    advisory_id: text('advisory_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    organisation_name: text('organisation_name').notNull(),
    organisation_kind: text('organisation_kind').$type<OrganisationKind>().notNull(),
    issuer_id: text('issuer_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    version: integer('version').notNull(),
    told_hash: text('told_hash').notNull(),
    step: text('step').$type<AdvisoryStep>().notNull(),
    assessment: text('assessment').$type<Assessment>(),
    note: text('note').notNull(),
    systems: json<AssessedSystem[]>('systems').notNull(),
    details: json<string[]>('details').notNull(),
    due_at: instant('due_at'),
    overdue: boolean('overdue').notNull(),
    over_link: boolean('over_link').notNull(),
    delivered_at: instant('delivered_at'),
    read_at: instant('read_at'),
    assessed_at: instant('assessed_at'),
    remediated_at: instant('remediated_at'),
    verified_at: instant('verified_at'),
    folded: text('folded').generatedAlwaysAs(sql`haidang_fold(organisation_name)`),
  },
  (table) => [primaryKey({ columns: [table.advisory_id, table.organisation_id] })],
)
export type AddresseeRow = Omit<typeof advisoryAddressee.$inferSelect, 'folded'>

/** What was said on a ladder, in the order of `position`. */
export const advisoryEntry = pgTable('advisory_entry', {
  id: text('id').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  advisory_id: text('advisory_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  issuer_id: text('issuer_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  version: integer('version').notNull(),
  step: text('step').$type<AdvisoryStep>().notNull(),
  assessment: text('assessment').$type<Assessment>(),
  note: text('note').notNull(),
  systems: json<AssessedSystem[]>('systems').notNull(),
  time: instant('time').notNull(),
  actor_name: text('actor_name').notNull(),
  proof: json<AnswerProof | null>('proof'),
})
type WholeEntry = typeof advisoryEntry.$inferSelect
export type EntryRow = Omit<WholeEntry, 'position' | 'proof'> & Partial<Pick<WholeEntry, 'proof'>>

/** What an advisory said in each version, and why. */
export const advisoryVersion = pgTable(
  'advisory_version',
  {
    advisory_id: text('advisory_id').notNull(),
    version: integer('version').notNull(),
    organisation_id: text('organisation_id').notNull(),
    state: text('state').$type<Advisory['state']>().notNull(),
    time: instant('time').notNull(),
    actor_name: text('actor_name').notNull(),
    change_note: text('change_note').notNull(),
    content: json<AdvisoryContent>('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.advisory_id, table.version] })],
)
export type VersionRow = typeof advisoryVersion.$inferSelect
