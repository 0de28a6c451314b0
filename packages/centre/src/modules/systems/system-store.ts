import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { InformationSystem } from '@haidang/contracts/system'
import { tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, count, eq, gt, ne, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { informationSystem } from './system-tables.ts'

const fields = {
  id: { column: informationSystem.id, kind: 'word' },
  organisation_id: { column: informationSystem.organisation_id, kind: 'word' },
  operator_id: { column: informationSystem.operator_id, kind: 'word' },
  code: { column: informationSystem.code, kind: 'word' },
  name: { column: informationSystem.name, kind: 'word' },
  text: { column: informationSystem.folded_name, kind: 'text' },
  tlp: { column: informationSystem.tlp_rank, kind: 'number' },
  level: { column: informationSystem.level, kind: 'number' },
  approval: { column: informationSystem.level_approval, kind: 'word' },
  importance: { column: informationSystem.importance, kind: 'member' },
  direct: { column: informationSystem.direct_stage, kind: 'word' },
  indirect: { column: informationSystem.indirect_stage, kind: 'word' },
  ranges: { column: informationSystem.range_count, kind: 'number' },
  completeness: { column: informationSystem.completeness, kind: 'number' },
  missing: { column: informationSystem.missing, kind: 'member' },
  station: { column: informationSystem.station_ids, kind: 'member' },
  updated_at: { column: informationSystem.updated_at, kind: 'time' },
} as const

/** Systems looked at for one software. */
const mostRunning = 20_000

/** A system as it is kept: the names of organisations are their own module's. */
export type KeptSystem = Omit<InformationSystem, 'organisation_name' | 'operator_name'> & {
  /** Name and version of the rules its score was reckoned by. */
  readonly completeness_profile: string
}
type Row = typeof informationSystem.$inferSelect
/** What tells systems apart in the register. */
export type SystemKey = Pick<KeptSystem, 'organisation_id' | 'code'>

/** Rows of information systems, always inside a given transaction and so inside its scope. */
export class SystemStore {
  /** One page, by name unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<KeptSystem>> {
    const page = paged(query)
    const { items, next } = await page.read(tx.select().from(informationSystem))
    return { items: items.map(systemOf), next }
  }

  /** How many a filter finds, counted up to `most`. */
  async count(tx: Tx, filter: string | undefined, most: number): Promise<number> {
    const { where } = paged({ filter, limit: 1 })
    const found = tx
      .select({ id: informationSystem.id })
      .from(informationSystem)
      .where(where)
      .limit(most)
    const [row] = await tx.select({ count: count() }).from(found.as('found'))
    return row?.count ?? 0
  }

  async get(tx: Tx, id: string): Promise<KeptSystem | undefined> {
    const [row] = await tx.select().from(informationSystem).where(eq(informationSystem.id, id))
    return row && systemOf(row)
  }

  /** As `get`; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<KeptSystem | undefined> {
    const [row] = await tx
      .select()
      .from(informationSystem)
      .where(eq(informationSystem.id, id))
      .for('update')
    return row && systemOf(row)
  }

  async add(tx: Tx, system: KeptSystem): Promise<void> {
    await tx.insert(informationSystem).values(rowOf(system))
  }

  async addAll(tx: Tx, systems: readonly KeptSystem[]): Promise<void> {
    if (systems.length > 0) await tx.insert(informationSystem).values(systems.map(rowOf))
  }

  /**
   * Those of these owners that have one of these codes, in any case of its letters; `lock`: nobody else changes them
   * until the transaction ends.
   */
  async withCodes(tx: Tx, keys: readonly SystemKey[], lock: boolean): Promise<KeptSystem[]> {
    const list = JSON.stringify(keys.map((key) => ({ ...key, code: key.code.toLowerCase() })))
    const found = tx
      .select()
      .from(informationSystem)
      .where(
        sql`(organisation_id, lower(code)) in (select wanted.organisation_id, wanted.code
          from jsonb_to_recordset(${list}::jsonb) as wanted(organisation_id text, code text))`,
      )
    return (lock ? await found.for('update') : await found).map(systemOf)
  }

  async replace(tx: Tx, system: KeptSystem): Promise<void> {
    await tx.update(informationSystem).set(rowOf(system)).where(eq(informationSystem.id, system.id))
  }

  /** Names another station wherever one is named. */
  async watchedInstead(tx: Tx, before: string, after: string): Promise<void> {
    await tx.execute(sql`
      update information_system
      set station_ids = (station_ids - ${before} - ${after}) || jsonb_build_array(${after}::text),
        version = version + 1
      where station_ids ? ${before}`)
  }

  /** Some systems whose score was reckoned by other rules, in the order of their ids. */
  async reckonedOtherwise(tx: Tx, profile: string, after: string): Promise<KeptSystem[]> {
    const rows = await tx
      .select()
      .from(informationSystem)
      .where(
        and(gt(informationSystem.id, after), ne(informationSystem.completeness_profile, profile)),
      )
      .orderBy(asc(informationSystem.id))
      .limit(500)
    return rows.map(systemOf)
  }

  /** Systems on software whose name or identifier has these words, folded. */
  running(
    tx: Tx,
    words: readonly string[],
  ): Promise<Pick<Row, 'organisation_id' | 'name' | 'software'>[]> {
    const { organisation_id, name, software } = informationSystem
    const named = words.map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`)
    return tx
      .select({ organisation_id, name, software })
      .from(informationSystem)
      .where(
        sql`exists (select from jsonb_array_elements(${software}) as one
          where ${sql.join(
            named.map(
              (word) =>
                sql`haidang_fold(one ->> 'name' || ' ' || (one ->> 'identifier')) like ${word}`,
            ),
            sql` and `,
          )})`,
      )
      .orderBy(asc(organisation_id), asc(informationSystem.id))
      .limit(mostRunning)
  }

  /** Mean score and count of systems by owner, least complete first, with what is missing and how often. */
  async byOwner(tx: Tx): Promise<
    {
      organisation_id: string
      systems: number
      completeness: number
      missing: { id: string; systems: number }[]
    }[]
  > {
    const { rows } = await tx.execute<{
      organisation_id: string
      systems: number
      completeness: number
      missing: { id: string; systems: number }[]
    }>(sql`
      with lacking as (
        select organisation_id, item, count(*)::int as systems
        from information_system, jsonb_array_elements_text(missing) as lacked(item)
        group by 1, 2)
      select organisation_id, count(*)::int as systems, floor(avg(completeness))::int as completeness,
        coalesce((select jsonb_agg(jsonb_build_object('id', item, 'systems', lacking.systems)
            order by lacking.systems desc, item)
          from lacking where lacking.organisation_id = information_system.organisation_id), '[]') as missing
      from information_system group by organisation_id order by completeness, organisation_id`)
    return rows
  }
}

function rowOf({ tlp, monitoring, ...system }: KeptSystem): Row {
  const words = [system.name, system.code, system.purpose].join(' ')
  return {
    ...system,
    tlp_rank: tlpRank(tlp),
    folded_name: foldVietnamese(words),
    direct_stage: monitoring.direct,
    indirect_stage: monitoring.indirect,
  }
}

function systemOf(row: Row): KeptSystem {
  const { tlp_rank, direct_stage, indirect_stage, folded_name: _, ...system } = row
  return {
    ...system,
    tlp: tlpOf(tlp_rank),
    monitoring: { direct: direct_stage, indirect: indirect_stage },
  }
}

function paged(query: PageQuery) {
  return keyset({
    query: { ...query, filter: rankedFilter(query.filter) },
    fields,
    sorts: ['name', 'completeness', 'updated_at'],
    id: informationSystem.id,
  })
}
