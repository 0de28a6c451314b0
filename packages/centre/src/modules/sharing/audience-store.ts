import type { AudienceQuery } from '@haidang/contracts/audience'
import type { Page } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { inArray, or, type SQL, sql } from 'drizzle-orm'
import { audience } from './audience-answer.ts'
import { sharingGroup, sharingGroupMember } from './group-tables.ts'

/** What the database needs to know of a thing to say who sees it. */
export interface Question {
  readonly owner: string
  readonly rank: number
  /** Whether others are told by its TLP and the lists; else only owner and parties see it. */
  readonly told: boolean
  readonly organisations: readonly string[]
  readonly groups: readonly string[]
  readonly parties: readonly string[]
  /** The permission without which nobody reads it. */
  readonly permission: string
}
export type AudienceRow = typeof audience.$inferSelect

const fields = {
  id: { column: audience.id, kind: 'word' },
  name: { column: audience.name, kind: 'text' },
  why: { column: audience.why, kind: 'word' },
} as const

/** A function's answer is no table to the query builder: it takes columns as SQL only. */
const columns = {
  id: sql<string>`${audience.id}`,
  name: sql<string>`${audience.name}`,
  why: sql<string>`${audience.why}`,
  through: sql<string[]>`${audience.through}`,
  people: sql<number>`${audience.people}`,
}

/** Asks the functions the policies ask, inside a given transaction. */
export class AudienceStore {
  /** One page by name. `knows`: organisations whose names the asker may know beside those of its groups; undefined: all. */
  list(
    tx: Tx,
    question: Question,
    query: AudienceQuery,
    knows?: readonly string[],
  ): Promise<Page<AudienceRow>> {
    const only = knows && known(knows)
    const page = keyset({ query, fields, sorts: ['name'], id: audience.id, only })
    return page.read(tx.select(columns).from(asked(question)))
  }

  /** How many organisations see it, and how many of them the asker may know by name. */
  async count(
    tx: Tx,
    question: Question,
    knows?: readonly string[],
  ): Promise<{ count: number; named: number }> {
    const [row] = await tx
      .select({
        count: sql<number>`count(*)::int`,
        named: sql<number>`(count(*) filter (where ${knows ? known(knows) : sql`true`}))::int`,
      })
      .from(asked(question))
    return row ?? { count: 0, named: 0 }
  }

  /** People whose role sees the whole node up to this rank. */
  async nodeReaders(tx: Tx, { rank, permission }: Question): Promise<number> {
    const { rows } = await tx.execute<{ count: number }>(
      sql`select haidang_node_readers(${rank}, ${permission}) as count`,
    )
    return rows[0]?.count ?? 0
  }

  /** Names of the groups of these the asker is in or keeps. */
  async groupNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: sharingGroup.id, name: sharingGroup.name })
      .from(sharingGroup)
      .where(inArray(sharingGroup.id, [...ids]))
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** Those of these groups no active member is in now. */
  async emptyGroups(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select g as id from unnest(${list(ids)}) as g
      where not exists (
        select from haidang_audience(null, 2, true, '{}', array[g], '{}', ''))`)
    return rows.map(({ id }) => id)
  }

  /** Those of these organisations that share a group with the asker. */
  async fellows(tx: Tx, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const rows = await tx
      .selectDistinct({ id: sharingGroupMember.organisation_id })
      .from(sharingGroupMember)
      .where(inArray(sharingGroupMember.organisation_id, [...ids]))
    return rows.map(({ id }) => id)
  }
}

function asked(question: Question): SQL {
  const { owner, rank, told, organisations, groups, parties, permission } = question
  return sql`haidang_audience(${owner}, ${rank}, ${told}, ${list(organisations)}, ${list(groups)},
    ${list(parties)}, ${permission}) as audience`
}

/** An array as one bound value, whatever its elements hold. */
function list(values: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
}

/** The policy of members shows whom one shares a group with, and nobody else. */
function known(ids: readonly string[]): SQL {
  const fellow = sql`${audience.id} in (select organisation_id from sharing_group_member)`
  return or(sql`${audience.id} = any (${list(ids)})`, fellow) ?? fellow
}
