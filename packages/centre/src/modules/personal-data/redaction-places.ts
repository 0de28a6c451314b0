import type { RedactionFate } from '@haidang/contracts/person-redaction'
import { type SQL, sql } from 'drizzle-orm'

/** One place where personal data of somebody with an account stands, and what becomes of it. */
export interface RedactionPlace {
  /** Of the register of personal data. */
  readonly entry: string
  readonly table: string
  readonly columns: readonly string[]
  readonly fate: RedactionFate
  readonly rows: SQL
  /** Left alone where an account is redacted by its period: scripts may still rely on it. */
  readonly onRequestOnly?: true
}

const ofPerson = sql`person_id in (select id from redacted)`
const ofUser = sql`user_id in (select id from redacted)`
const itself = sql`id in (select id from redacted)`
/** One mailbox may be a whole team's: the name must be the same, too. */
const sameContact = sql`exists (select from redacted r where lower(r.email) = lower(contact_point.email)
  and lower(r.name) = lower(contact_point.name))`

const sameExpert = sql`exists (select from redacted r where lower(r.email) = lower(expert.email)
  and lower(r.name) = lower(expert.name))`

/** In the order in which they are changed: what is found by the e-mail comes before the e-mail goes. */
export const redactionPlaces: readonly RedactionPlace[] = [
  {
    entry: 'contact-points',
    table: 'contact_point',
    fate: 'removed',
    rows: sameContact,
    columns: ['name', 'position', 'phone', 'email', 'openpgp'],
  },
  {
    entry: 'experts',
    table: 'expert',
    fate: 'removed',
    rows: sameExpert,
    columns: ['name', 'position', 'phone', 'email', 'certificates'],
  },
  {
    entry: 'invitations',
    table: 'invitation',
    fate: 'removed',
    columns: ['name', 'email'],
    rows: sql`lower(email) in (select lower(email) from redacted)`,
  },
  {
    entry: 'notifications',
    table: 'notification',
    fate: 'removed',
    columns: ['person_id', 'sender_person_id', 'contact_id'],
    rows: sql`person_id in (select id from redacted) or sender_person_id in (select id from redacted)
      or id in (select notification_id from delivery
        where lower(address) in (select lower(email) from redacted))`,
  },
  {
    entry: 'notifications',
    table: 'notification_preference',
    fate: 'removed',
    rows: ofPerson,
    columns: ['preference'],
  },
  {
    entry: 'saved-views',
    table: 'saved_view',
    fate: 'removed',
    rows: ofPerson,
    columns: ['person_name', 'name', 'search'],
  },
  {
    entry: 'received-mails',
    table: 'received_mail',
    fate: 'removed',
    columns: ['from_name', 'from_address', 'recipients', 'subject', 'body'],
    rows: sql`lower(from_address) in (select lower(email) from redacted)`,
  },
  {
    entry: 'answer-links',
    table: 'answer_link',
    fate: 'removed',
    columns: ['contact_name', 'address'],
    rows: sql`lower(address) in (select lower(email) from redacted)`,
  },
  {
    entry: 'sessions',
    table: 'auth.sign_in_failure',
    fate: 'removed',
    columns: ['subject'],
    rows: sql`subject in (select 'account:' || lower(email) from redacted)`,
  },
  {
    entry: 'sessions',
    table: 'auth.session',
    fate: 'removed',
    rows: ofUser,
    columns: ['ip_address', 'user_agent'],
  },
  {
    entry: 'single-sign-on',
    table: 'auth.identity',
    fate: 'removed',
    rows: ofPerson,
    columns: ['subject', 'email'],
  },
  {
    entry: 'second-factors',
    table: 'auth.passkey',
    fate: 'removed',
    rows: ofPerson,
    columns: ['name', 'public_key'],
  },
  {
    entry: 'second-factors',
    table: 'auth.totp',
    fate: 'removed',
    rows: ofPerson,
    columns: ['sealed_secret'],
  },
  {
    entry: 'second-factors',
    table: 'auth.recovery_code',
    fate: 'removed',
    rows: ofPerson,
    columns: ['code_hash'],
  },
  {
    entry: 'second-factors',
    table: 'auth.recovery_link',
    fate: 'removed',
    rows: ofPerson,
    columns: ['token_hash'],
  },
  {
    entry: 'accounts',
    table: 'auth.account',
    fate: 'removed',
    rows: ofUser,
    columns: ['password'],
  },
  {
    entry: 'accounts',
    table: 'api_key',
    fate: 'ended',
    onRequestOnly: true,
    columns: ['revoked_at'],
    rows: sql`revoked_at is null and account_id is null and id in (select subject from journal
      where type = 'key.created' and actor_id in (select id from redacted))`,
  },
  {
    entry: 'accounts',
    table: 'auth."user"',
    fate: 'pseudonym',
    rows: itself,
    columns: ['name', 'email'],
  },
  {
    entry: 'accounts',
    table: 'person',
    fate: 'pseudonym',
    rows: itself,
    columns: ['name', 'email'],
  },
]
