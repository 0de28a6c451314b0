import { pseudonymOf, type RedactionPreview } from '@haidang/contracts/person-redaction'
import type { Tx } from '@haidang/runtime/database/database'
import { type SQL, sql } from 'drizzle-orm'
import { type RedactionPlace, redactionPlaces } from './redaction-places.ts'

/** Counts and removes what stands of people with an account, place by place; needs the node's scope. */
export class RedactionStore {
  /** What there is of one person in each place. */
  async places(tx: Tx, id: string): Promise<RedactionPreview['places']> {
    const places: RedactionPreview['places'] = []
    for (const place of redactionPlaces) {
      const { rows } = await tx.execute<{ n: number }>(
        sql`${among([id])} select count(*)::int as n from ${sql.raw(place.table)} where ${place.rows}`,
      )
      places.push(shown(place, rows[0]?.n ?? 0))
    }
    return places
  }

  /** Entries of the journal by or about somebody. */
  async entries(tx: Tx, id: string): Promise<number> {
    const { rows } = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from journal where actor_id = ${id} or subject = ${id}`,
    )
    return rows[0]?.n ?? 0
  }

  /** Removes it; answers how many rows of each place it was. `now` becomes the time of the change. */
  async redact(
    tx: Tx,
    ids: readonly string[],
    now: string,
    places: readonly RedactionPlace[] = redactionPlaces,
  ): Promise<RedactionPreview['places']> {
    const done: RedactionPreview['places'] = []
    for (const place of places) {
      let rows = 0
      if (place.fate === 'pseudonym') {
        for (const id of ids) rows += await this.#rename(tx, place.table, id, now)
      } else {
        rows = await count(tx, statement(place, ids, now))
      }
      done.push(shown(place, rows))
    }
    return done
  }

  #rename(tx: Tx, table: string, id: string, now: string): Promise<number> {
    const { name, email } = pseudonymOf({ id })
    return count(
      tx,
      sql`update ${sql.raw(table)} set name = ${name}, email = ${email}, updated_at = ${now}
        where id = ${id}`,
    )
  }
}

/** The people in question, by the name `redacted`. */
function among(ids: readonly string[]): SQL {
  const list = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )
  return sql`with redacted as (select id, name, email from person where id in (${list}))`
}

function statement({ table, rows, fate }: RedactionPlace, ids: readonly string[], now: string) {
  const where = sql`${sql.raw(table)} where ${rows}`
  return fate === 'ended'
    ? sql`${among(ids)} update ${sql.raw(table)} set revoked_at = ${now} where ${rows}`
    : sql`${among(ids)} delete from ${where}`
}

async function count(tx: Tx, query: SQL): Promise<number> {
  return (await tx.execute(query)).rowCount ?? 0
}

function shown({ entry, table, columns, fate }: RedactionPlace, rows: number) {
  return { entry, table: table.replaceAll('"', ''), columns: [...columns], fate, rows }
}
