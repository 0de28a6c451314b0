import { instant, json } from '@haidang/runtime/database/columns'
import { bigint, boolean, integer, pgSchema, primaryKey, smallint, text } from 'drizzle-orm/pg-core'

const auth = pgSchema('auth')

/** At most one row. */
export const accessPolicy = auth.table('access_policy', {
  id: smallint('id').primaryKey(),
  factor_roles: json<string[]>('factor_roles').notNull(),
  idle_minutes: integer('idle_minutes').notNull(),
  absolute_hours: integer('absolute_hours').notNull(),
})

export const totp = auth.table('totp', {
  person_id: text('person_id').primaryKey(),
  sealed_secret: text('sealed_secret').notNull(),
  created_at: instant('created_at').notNull(),
  confirmed_at: instant('confirmed_at'),
  last_step: bigint('last_step', { mode: 'number' }).notNull(),
})

export const recoveryCode = auth.table(
  'recovery_code',
  { person_id: text('person_id').notNull(), code_hash: text('code_hash').notNull() },
  (table) => [primaryKey({ columns: [table.person_id, table.code_hash] })],
)

export const passkey = auth.table('passkey', {
  id: text('id').primaryKey(),
  person_id: text('person_id').notNull(),
  credential_id: text('credential_id').notNull().unique(),
  public_key: text('public_key').notNull(),
  counter: bigint('counter', { mode: 'number' }).notNull(),
  transports: json<string[]>('transports').notNull(),
  rp_id: text('rp_id').notNull(),
  name: text('name').notNull(),
  synced: boolean('synced').notNull(),
  created_at: instant('created_at').notNull(),
  last_used_at: instant('last_used_at'),
})

export const spentChallenge = auth.table('spent_challenge', {
  challenge: text('challenge').primaryKey(),
  expires_at: instant('expires_at').notNull(),
})
