import type { Language } from '@haidang/contracts/person'
import type { SheetFormat, SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import type { SystemImport, SystemImportState } from '@haidang/contracts/system-import'
import { instant, json } from '@haidang/runtime/database/columns'
import type { Scope } from '@haidang/runtime/database/database'
import { customType, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Files of information systems on their way into the register. */
export const systemImport = pgTable('system_import', {
  id: text('id').primaryKey(),
  organisation_id: text('organisation_id'),
  tlp_rank: smallint('tlp_rank').notNull(),
  name: text('name').notNull(),
  format: text('format').$type<SheetFormat>().notNull(),
  existing: text('existing').$type<SheetImport['existing']>().notNull(),
  /** Null once it was written. */
  content: bytes('content'),
  refused: bytes('refused'),
  state: text('state').$type<SystemImportState>().notNull(),
  done: integer('done').notNull(),
  outcome: json<SheetOutcome | null>('outcome'),
  problem: json<SystemImport['problem']>('problem'),
  /** On whose behalf it is read and written. */
  scope: json<Scope>('scope').notNull(),
  language: text('language').$type<Language>().notNull(),
  author_name: text('author_name').notNull(),
  created_at: instant('created_at').notNull(),
  ended_at: instant('ended_at'),
})
export type SystemImportRow = typeof systemImport.$inferSelect
