import type { SessionFactor } from '@haidang/contracts/factor'
import type { SessionEndReason } from '@haidang/contracts/session-end'
import { instant } from '@haidang/runtime/database/columns'
import { boolean, integer, pgSchema, text, timestamp } from 'drizzle-orm/pg-core'

const auth = pgSchema('auth')
/** better-auth hands over and expects JavaScript dates. */
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Tables of better-auth; their property names are its field names. */
export const user = auth.table('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull(),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const session = auth.table('session', {
  id: text('id').primaryKey(),
  userId: text('user_id').notNull(),
  token: text('token').notNull().unique(),
  expiresAt: moment('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  /** Ours, not better-auth's: what the holder has shown, and when a request last came. */
  factor: text('factor').$type<SessionFactor>().notNull().default('password'),
  lastUsedAt: moment('last_used_at').notNull().defaultNow(),
})

/** Ours: why sessions that were are no more. */
export const sessionEnd = auth.table('session_end', {
  token_hash: text('token_hash').primaryKey(),
  reason: text('reason').$type<SessionEndReason>().notNull(),
  endedAt: moment('ended_at').notNull(),
})

export const account = auth.table('account', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  userId: text('user_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: moment('access_token_expires_at'),
  refreshTokenExpiresAt: moment('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const verification = auth.table('verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

/** Ours: how often somebody failed to sign in, by account and by address. */
export const signInFailure = auth.table('sign_in_failure', {
  subject: text('subject').primaryKey(),
  failures: integer('failures').notNull(),
  last_at: instant('last_at').notNull(),
  locked_until: instant('locked_until'),
})
