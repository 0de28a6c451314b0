import type { AnswerProof } from '@haidang/contracts/answer-proof'
import type {
  ActionResult,
  Addressee,
  EvidenceFile,
  LadderEntry,
  LadderStep,
  Order,
  OrderKind,
  RequiredAction,
  Urgency,
} from '@haidang/contracts/order'
import type { CitedBasis } from '@haidang/contracts/order-basis'
import { instant, json } from '@haidang/runtime/database/columns'
import { sql } from 'drizzle-orm'
import { bigint, boolean, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

/** Orders; `organisation_id` is the issuer, `remote` means that a parent issued it. */
export const coordinationOrder = pgTable('coordination_order', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id').notNull(),
  organisation_name: text('organisation_name').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  remote: boolean('remote').notNull(),
  number: text('number').notNull(),
  kind: text('kind').$type<OrderKind>().notNull(),
  urgency: text('urgency').$type<Urgency>().notNull(),
  title: text('title').notNull(),
  situation: text('situation').notNull(),
  actions: json<RequiredAction[]>('actions').notNull(),
  legal_basis: json<string[]>('legal_basis').notNull(),
  bases: json<CitedBasis[]>('bases').notNull(),
  state: text('state').$type<Order['state']>().notNull(),
  withdrawal: text('withdrawal'),
  incident_id: text('incident_id'),
  report_due_at: instant('report_due_at'),
  simulated: boolean('simulated').notNull(),
  issued_by_name: text('issued_by_name').notNull(),
  issued_at: instant('issued_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  closed_at: instant('closed_at'),
  folded: text('folded').notNull(),
  version: integer('version').notNull(),
  request_id: text('request_id'),
})
export type OrderRow = typeof coordinationOrder.$inferSelect

/** One ladder for each addressee; names are those of the day of issue. */
export const orderAddressee = pgTable(
  'order_addressee',
  {
    order_id: text('order_id').notNull(),
    organisation_id: text('organisation_id').notNull(),
    organisation_name: text('organisation_name').notNull(),
    issuer_id: text('issuer_id').notNull(),
    tlp_rank: smallint('tlp_rank').notNull(),
    role: text('role').$type<Addressee['role']>().notNull(),
    step: text('step').$type<LadderStep>().notNull(),
    due_at: instant('due_at'),
    overdue: boolean('overdue').notNull(),
    over_link: boolean('over_link').notNull(),
    version: integer('version').notNull(),
    indicators: json<Record<string, string[]>>('indicators').notNull(),
    withdrawn_at: instant('withdrawn_at'),
    withdrawal: text('withdrawal').notNull(),
    reminded_at: instant('reminded_at'),
    folded: text('folded').generatedAlwaysAs(sql`haidang_fold(organisation_name)`),
    late_first: text('late_first').generatedAlwaysAs(
      sql`(case when overdue then '0' else '1' end) || haidang_fold(organisation_name)`,
    ),
  },
  (table) => [primaryKey({ columns: [table.order_id, table.organisation_id] })],
)
export type AddresseeRow = Omit<typeof orderAddressee.$inferSelect, 'folded' | 'late_first'>

/** What was said on a ladder, in the order of `position`. */
export const orderEntry = pgTable('order_entry', {
  id: text('id').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  order_id: text('order_id').notNull(),
  organisation_id: text('organisation_id').notNull(),
  issuer_id: text('issuer_id').notNull(),
  tlp_rank: smallint('tlp_rank').notNull(),
  step: text('step').$type<LadderEntry['step']>().notNull(),
  time: instant('time').notNull(),
  actor_name: text('actor_name').notNull(),
  via: text('via').$type<LadderEntry['via']>().notNull(),
  note: text('note').notNull(),
  results: json<ActionResult[]>('results').notNull(),
  evidence: json<EvidenceFile[]>('evidence').notNull(),
  version: integer('version').notNull(),
  help: boolean('help').notNull().default(false),
  proof: json<AnswerProof | null>('proof'),
})
type WholeEntry = typeof orderEntry.$inferSelect
/** Most entries neither ask for help nor came by a link in a mail. */
export type EntryRow = Omit<WholeEntry, 'position' | 'help' | 'proof'> &
  Partial<Pick<WholeEntry, 'help' | 'proof'>>

/** What an order said before it was changed, and why it was. */
export const orderVersion = pgTable(
  'order_version',
  {
    order_id: text('order_id').notNull(),
    version: integer('version').notNull(),
    organisation_id: text('organisation_id').notNull(),
    time: instant('time').notNull(),
    actor_name: text('actor_name').notNull(),
    reason: text('reason').notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    title: text('title').notNull(),
    situation: text('situation').notNull(),
    actions: json<RequiredAction[]>('actions').notNull(),
    legal_basis: json<string[]>('legal_basis').notNull(),
    report_due_at: instant('report_due_at'),
  },
  (table) => [primaryKey({ columns: [table.order_id, table.version] })],
)
export type VersionRow = typeof orderVersion.$inferSelect
