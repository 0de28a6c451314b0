import type { Page, PageQuery } from '@haidang/contracts/page'
import type { PersonalClass, PersonalHolding } from '@haidang/contracts/personal-retention'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { desc, getTableColumns, sql } from 'drizzle-orm'
import {
  type PersonalRetentionRow,
  personalRetention,
  personalRetentionRun,
} from './personal-data-tables.ts'

/** Where the rows of a class stand, and the time its period counts from. */
interface ClassRows {
  readonly table: string
  readonly at: string
  readonly where: string
}

const rowsOf: Readonly<Record<PersonalClass, ClassRows>> = {
  sessions: { table: 'auth.session', at: 'expires_at', where: 'true' },
  'sign-in-failures': {
    table: 'auth.sign_in_failure',
    at: 'greatest(last_at, locked_until)',
    where: 'true',
  },
  invitations: {
    table: 'invitation',
    at: 'coalesce(accepted_at, revoked_at, expires_at)',
    where: 'true',
  },
  'recovery-links': { table: 'auth.recovery_link', at: 'expires_at', where: 'true' },
  proofs: { table: 'auth.verification', at: 'expires_at', where: 'true' },
  'contact-links': {
    table: 'contact_point',
    at: 'token_expires_at',
    where: 'token_hash is not null and token_expires_at is not null',
  },
  'overdue-contacts': { table: 'contact_point', at: 'due_at', where: 'due_at is not null' },
  'disabled-accounts': {
    table: 'person',
    at: 'updated_at',
    where: `disabled and email <> id || '@redacted.invalid'`,
  },
}
const versionFields = {
  version: { column: personalRetention.version, kind: 'number' },
} as const
/** Names the advisory lock under which versions are numbered and runs follow each other. */
const numbering = 7_246_055

/**
 * Rows of the classes of the register that end by a period. It is the one place that reaches into tables of
 * other modules, by SQL: ending them is the same act for all. Needs the node's scope.
 */
export class RetentionStore {
  /** What there is of a class, and how much of it is older than `cutoff`. */
  async holding(tx: Tx, name: PersonalClass, cutoff: string): Promise<PersonalHolding> {
    const { table, at, where } = rowsOf[name]
    const [time, from, which] = [sql.raw(at), sql.raw(table), sql.raw(where)]
    const { rows } = await tx.execute<{ rows: number; due: number; oldest: string | null }>(sql`
      select count(*)::int as rows,
        (count(*) filter (where ${time} < ${cutoff}::timestamptz))::int as due,
        to_char(min(${time}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as oldest
      from ${from} where ${which}`)
    const [row] = rows
    return { class: name, rows: row?.rows ?? 0, due: row?.due ?? 0, oldest: row?.oldest ?? null }
  }

  /** Removes rows older than `cutoff`, at most `most`, the oldest first; answers how many. */
  async end(
    tx: Tx,
    name: Exclude<PersonalClass, 'disabled-accounts'>,
    cutoff: string,
    most: number,
  ): Promise<number> {
    const from = sql.raw(rowsOf[name].table)
    const chosen = this.#chosen(name, 'ctid', cutoff, most)
    const { rowCount } = await tx.execute(
      name === 'contact-links'
        ? sql`update ${from} set token_hash = null, token_expires_at = null where ctid in (${chosen})`
        : sql`delete from ${from} where ctid in (${chosen})`,
    )
    return rowCount ?? 0
  }

  /** Disabled accounts nobody changed since `cutoff` and whose personal data is still there, locked. */
  async disabledBefore(tx: Tx, cutoff: string, most: number): Promise<string[]> {
    const { rows } = await tx.execute<{ id: string }>(
      this.#chosen('disabled-accounts', 'id', cutoff, most),
    )
    return rows.map(({ id }) => id)
  }

  async last(tx: Tx): Promise<PersonalRetentionRow | undefined> {
    const [row] = await tx
      .select()
      .from(personalRetention)
      .orderBy(desc(personalRetention.version))
      .limit(1)
    return row
  }

  list(tx: Tx, query: PageQuery): Promise<Page<PersonalRetentionRow>> {
    const { version } = personalRetention
    const page = keyset({ query, fields: versionFields, sorts: ['-version'], id: version })
    const shown = { ...getTableColumns(personalRetention), id: sql<string>`${version}::text` }
    return page.read(tx.select(shown).from(personalRetention))
  }

  /** Until the transaction ends nobody else adds a version or ends rows. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(${numbering})`)
  }

  async add(tx: Tx, row: PersonalRetentionRow): Promise<void> {
    await tx.insert(personalRetention).values(row)
  }

  async lastRun(tx: Tx): Promise<string | null> {
    const [row] = await tx.select().from(personalRetentionRun)
    return row?.ran_at ?? null
  }

  async noteRun(tx: Tx, ran_at: string): Promise<void> {
    const set = { ran_at }
    await tx
      .insert(personalRetentionRun)
      .values({ id: 1, ran_at })
      .onConflictDoUpdate({ target: personalRetentionRun.id, set })
  }

  #chosen(name: PersonalClass, column: 'ctid' | 'id', cutoff: string, most: number) {
    const { table, at, where } = rowsOf[name]
    return sql`select ${sql.raw(column)} from ${sql.raw(table)}
      where ${sql.raw(where)} and ${sql.raw(at)} < ${cutoff}::timestamptz
      order by ${sql.raw(at)} limit ${most} for update`
  }
}
