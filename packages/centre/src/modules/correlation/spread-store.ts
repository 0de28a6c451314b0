import { severityId } from '@haidang/contracts/severity'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import type { Tx } from '@haidang/runtime/database/database'
import { portions } from '@haidang/runtime/database/portions'
import { type SQL, sql } from 'drizzle-orm'
import type { Growth } from './clustering.ts'
import { isEverywhere, type Spread, spreadPrefix, type Thing, thingKey } from './spread.ts'
import { spread, spreadPresence } from './spread-tables.ts'

const mostThings = 10_000
/** How far behind what is noted may be, so that a row is not written with every alert. */
const slack = '10 minutes'
const together = 500

/** Where each thing was said to be, by its key. */
export type Said = ReadonlyMap<string, Thing>

/** Reads what is at several organisations, and remembers of what that was said. */
export class SpreadStore {
  /** Notes where things are that clusters are about as they grow. */
  async note(tx: Tx, growths: readonly Growth[]): Promise<void> {
    const rows = presentRows(growths)
    for (const some of portions(rows, together)) {
      await tx
        .insert(spreadPresence)
        .values(some)
        .onConflictDoUpdate({
          target: [
            spreadPresence.kind,
            spreadPresence.what,
            spreadPresence.simulated,
            spreadPresence.organisation_id,
          ],
          set: {
            last_time: sql`greatest(${spreadPresence.last_time}, excluded.last_time)`,
            severity_rank: sql`greatest(${spreadPresence.severity_rank}, excluded.severity_rank)`,
          },
          setWhere: sql`${spreadPresence.last_time} < excluded.last_time - ${slack}::interval
            or ${spreadPresence.severity_rank} < excluded.severity_rank`,
        })
    }
  }

  /**
   * What may be at enough organisations in clusters whose last alert is not before `since`: all that is, and things
   * whose clusters were closed as false since. At most 10,000, those at most organisations first.
   */
  async things(tx: Tx, parameters: SpreadParameters, since: string): Promise<Thing[]> {
    const { rows } = await tx.execute<Record<keyof Thing, unknown>>(sql`
      select kind, what, simulated, array_agg(organisation_id) as organisations
      from spread_presence
      where last_time >= ${since}::timestamptz - ${slack}::interval
        and severity_rank >= ${severityId(parameters.least_severity)}
      group by kind, what, simulated
      having count(*) >= ${parameters.organisations}
      order by count(*) desc, kind, what
      limit ${mostThings}`)
    return rows as unknown as Thing[]
  }

  /** Forgets where things were before an instant (RFC 3339); what is just noted again is left alone. */
  async forget(tx: Tx, before: string): Promise<void> {
    await tx.execute(sql`
      delete from spread_presence where ctid = any(array(
        select ctid from spread_presence where last_time < ${before} for update skip locked))`)
  }

  /**
   * What there really is of these things at each of their organisations. An address all of whose clusters are of one
   * rule is left out: it says no more than the rule does.
   */
  async presences(
    tx: Tx,
    things: readonly Thing[],
    parameters: SpreadParameters,
    since: string,
  ): Promise<Spread[]> {
    if (things.length === 0) return []
    const { rows } = await tx.execute<Record<keyof Spread, unknown>>(sql`
      with asked as (
        select kind, what, simulated, organisation_id, split_part(what, ':', 1) as detector,
          substr(what, strpos(what, ':') + 1) as rule_id
        from (${recordsOf(things)}) t,
          jsonb_array_elements_text(t.organisations) as o (organisation_id)
      ), thing as (
        select asked.kind, asked.what, c.* from asked join cluster c
          on asked.kind = 'rule' and c.organisation_id = asked.organisation_id
          and c.detector = asked.detector and c.rule_id = asked.rule_id
          and c.simulated = asked.simulated
        where ${counts(parameters, since)}
        union all
        select asked.kind, asked.what, c.* from asked join cluster c
          on asked.kind = 'source' and c.organisation_id = asked.organisation_id
          and c.entity = asked.what and c.simulated = asked.simulated
        where ${counts(parameters, since)}
      ), presence as (
        select distinct on (kind, what, simulated, organisation_id)
          kind, what, simulated, organisation_id, id as cluster_id, last_alert_id, title, tags, last_time,
          max(tlp_rank) over same as tlp_rank, max(severity_rank) over same as severity_rank,
          min(detector || ':' || rule_id) over same as first_rule,
          max(detector || ':' || rule_id) over same as last_rule
        from thing
        window same as (partition by kind, what, simulated, organisation_id)
        order by kind, what, simulated, organisation_id, last_time desc, id desc
      )
      select kind, what, simulated, jsonb_agg(jsonb_build_object(
        'organisation_id', organisation_id, 'cluster_id', cluster_id, 'alert_id', last_alert_id,
        'title', title, 'tags', tags, 'tlp_rank', tlp_rank, 'severity_rank', severity_rank,
        'last_time', to_char(last_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      ) order by organisation_id) as presences
      from presence
      group by kind, what, simulated
      having count(*) >= ${parameters.organisations}
        and (kind = 'rule' or min(first_rule) <> max(last_rule))`)
    return rows as unknown as Spread[]
  }

  /** Where each thing was said to be. */
  async said(tx: Tx): Promise<Said> {
    const rows = await tx.select().from(spread)
    return new Map(rows.map((row) => [thingKey(row), row]))
  }

  /** Remembers where things are now; of those said before, what is not among them is forgotten. */
  async remember(tx: Tx, things: readonly Thing[], said: Said): Promise<void> {
    const now = new Set(things.map(thingKey))
    const gone = [...said.values()].filter((thing) => !now.has(thingKey(thing)))
    if (gone.length > 0) {
      await tx.execute(sql`
        delete from spread using (${recordsOf(gone)}) gone
        where spread.kind = gone.kind and spread.what = gone.what
          and spread.simulated = gone.simulated`)
    }
    const changed = things.filter((thing) => !isSame(thing, said.get(thingKey(thing))))
    if (changed.length === 0) return
    await tx.execute(sql`
      insert into spread (kind, what, simulated, organisations) ${recordsOf(changed)}
      on conflict (kind, what, simulated) do update set organisations = excluded.organisations`)
  }
}

function isSame({ organisations }: Thing, before: Thing | undefined): boolean {
  const known = new Set(before?.organisations)
  return known.size === organisations.length && organisations.every((one) => known.has(one))
}

/** Rows of things: kind, what, simulated, organisations. */
function recordsOf(things: readonly Thing[]): SQL {
  return sql`select * from jsonb_to_recordset(${JSON.stringify(things)}::jsonb)
    as t (kind text, what text, simulated boolean, organisations jsonb)`
}

type PresentRow = typeof spreadPresence.$inferInsert

/** One row for each thing and organisation, in one order for all, so that two batches never wait for each other. */
function presentRows(growths: readonly Growth[]): PresentRow[] {
  const rows = new Map<string, PresentRow>()
  for (const growth of growths) {
    if (growth.quiet || growth.rule_id.startsWith(spreadPrefix)) continue
    const { detector, rule_id, entity, simulated, organisation_id } = growth
    const rule = { kind: 'rule' as const, what: `${detector}:${rule_id}` }
    const source = { kind: 'source' as const, what: entity }
    for (const thing of isEverywhere(entity) ? [rule] : [rule, source]) {
      const row = { ...thing, simulated, organisation_id }
      const key = `${thingKey(row)} ${organisation_id}`
      rows.set(key, later({ ...row, ...growth, ...thing }, rows.get(key)))
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function later(row: PresentRow, before: PresentRow | undefined): PresentRow {
  const { kind, what, simulated, organisation_id, severity_rank, last_time } = row
  return {
    kind,
    what,
    simulated,
    organisation_id,
    severity_rank: Math.max(severity_rank, before?.severity_rank ?? 0),
    last_time: before !== undefined && before.last_time > last_time ? before.last_time : last_time,
  }
}

/** Clusters that count. */
function counts({ least_severity }: SpreadParameters, since: string): SQL {
  return sql`c.last_time >= ${since} and c.severity_rank >= ${severityId(least_severity)}
    and coalesce(c.close_reason, '') not in ('false_positive', 'benign')`
}
