import type {
  Organisation,
  OrganisationKind,
  OrganisationSummary,
} from '@haidang/contracts/organisation'
import type { TreeNode } from '@haidang/contracts/organisation-tie'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { organisation } from './organisation-tables.ts'

const columns = {
  id: organisation.id,
  code: organisation.code,
  name: organisation.name,
  kind: organisation.kind,
  sectors: organisation.sectors,
  unit: organisation.unit,
  address: organisation.address,
  website: organisation.website,
  home: organisation.home,
  membership: organisation.membership,
  simulated: organisation.simulated,
  created_at: organisation.created_at,
  updated_at: organisation.updated_at,
}

/** The worst state of the contact points of an organisation at an instant. */
const standingAt = (now: string) => sql<OrganisationSummary['contact_standing']>`coalesce((
  select case when bool_or(c.verified_at is null) then 'unverified'
    when bool_or(c.due_at < ${now}::timestamptz) then 'overdue' else 'verified' end
  from contact_point c where c.organisation_id = organisation.id having count(*) > 0), 'none')`

const duty = sql<OrganisationSummary['duty']>`(
  select jsonb_build_object('name', c.name, 'phone', c.phone, 'email', c.email)
  from contact_point c where c.organisation_id = organisation.id
  order by c.purpose <> 'duty', c.purpose <> 'technical', c.id limit 1)`

/** Whom an organisation is under on a day (`2026-11-22`). */
const parentOn = (day: string) => sql<string | null>`(
  select t.parent_id from organisation_tie t
  where t.organisation_id = organisation.id and t.kind = 'parent'
    and coalesce(t.valid_from, '-infinity') <= ${day}::date
    and ${day}::date <= coalesce(t.valid_to, 'infinity') limit 1)`

const mandates = (day: string) => sql`(
  select jsonb_agg(t.mandate) from organisation_tie t
  where t.organisation_id = organisation.id and t.kind = 'mandate'
    and coalesce(t.valid_from, '-infinity') <= ${day}::date
    and ${day}::date <= coalesce(t.valid_to, 'infinity'))`

/** The moment a list is of: what holds from day to day, and what falls due at an instant. */
interface Moment {
  readonly day: string
  readonly now: string
}

const fieldsAt = ({ day, now }: Moment) =>
  ({
    id: { column: organisation.id, kind: 'word' },
    code: { column: organisation.code, kind: 'word' },
    name: { column: organisation.name, kind: 'word' },
    text: { column: organisation.folded_name, kind: 'text', whole: true },
    kind: { column: organisation.kind, kind: 'word' },
    sector: { column: organisation.sectors, kind: 'member' },
    unit: { column: organisation.unit, kind: 'word' },
    membership: { column: organisation.membership, kind: 'word' },
    contacts: { column: standingAt(now), kind: 'word' },
    parent: { column: parentOn(day), kind: 'word' },
    mandate: { column: mandates(day), kind: 'member' },
    home: { column: organisation.home, kind: 'boolean' },
    simulated: { column: organisation.simulated, kind: 'boolean' },
    created_at: { column: organisation.created_at, kind: 'time' },
  }) as const

/** Rows of organisations, always inside a given transaction and so inside its scope. */
export class OrganisationStore {
  /** One page, by name unless the query says otherwise; who is under whom and who is what is of that moment. */
  list(tx: Tx, query: PageQuery, moment: Moment): Promise<Page<OrganisationSummary>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: fieldsAt(moment),
      sorts: ['name', 'code', 'created_at'],
      id: organisation.id,
    })
    const { day, now } = moment
    const shown = {
      ...columns,
      parent_id: parentOn(day),
      contact_standing: standingAt(now),
      duty,
    }
    return page.read(tx.select(shown).from(organisation))
  }

  /** How many a filter finds, counted up to `most`. */
  async count(tx: Tx, filter: string | undefined, moment: Moment, most: number): Promise<number> {
    const { where } = keyset({
      query: { filter: rankedFilter(filter), limit: 1 },
      fields: fieldsAt(moment),
      sorts: ['name'],
      id: organisation.id,
    })
    const found = tx.select({ id: organisation.id }).from(organisation).where(where).limit(most)
    const [row] = await tx.select({ count: count() }).from(found.as('found'))
    return row?.count ?? 0
  }

  /** Those directly under one on a day, or under nobody they could be shown under. */
  tree(
    tx: Tx,
    query: PageQuery,
    under: string | undefined,
    moment: Moment,
  ): Promise<Page<TreeNode>> {
    const { day } = moment
    const only: SQL = under
      ? sql`${parentOn(day)} = ${under}`
      : sql`coalesce(${parentOn(day)} not in (select o.id from organisation o), true)`
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: fieldsAt(moment),
      sorts: ['name'],
      id: organisation.id,
      only,
    })
    const { id, code, name, kind } = columns
    const children = sql<number>`(
      select count(*)::int from organisation_tie t where t.parent_id = organisation.id
        and coalesce(t.valid_from, '-infinity') <= ${day}::date
        and ${day}::date <= coalesce(t.valid_to, 'infinity'))`
    return page.read(tx.select({ id, code, name, kind, children }).from(organisation))
  }

  async get(tx: Tx, id: string): Promise<Organisation | undefined> {
    const [row] = await tx.select(columns).from(organisation).where(eq(organisation.id, id))
    return row
  }

  /** As `get`; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<Organisation | undefined> {
    const [row] = await tx
      .select(columns)
      .from(organisation)
      .where(eq(organisation.id, id))
      .for('update')
    return row
  }

  /** The organisation this node belongs to; undefined before set-up. */
  async home(tx: Tx): Promise<Organisation | undefined> {
    const [row] = await tx.select(columns).from(organisation).where(eq(organisation.home, true))
    return row
  }

  /** In any case of its letters. */
  async codeTaken(tx: Tx, code: string): Promise<boolean> {
    const rows = await tx
      .select({ id: organisation.id })
      .from(organisation)
      .where(eq(sql`lower(${organisation.code})`, code.toLowerCase()))
    return rows.length > 0
  }

  /** Identifiers by code in small letters, as far as the scope shows them. */
  async idsOfCodes(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const list = JSON.stringify(codes.map((code) => code.toLowerCase()))
    const rows = await tx
      .select({ id: organisation.id, code: organisation.code })
      .from(organisation)
      .where(sql`lower(${organisation.code}) in (select jsonb_array_elements_text(${list}::jsonb))`)
    return new Map(rows.map(({ id, code }) => [code.toLowerCase(), id]))
  }

  /** Codes by identifier, as far as the scope shows them. */
  async codes(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: organisation.id, code: organisation.code })
      .from(organisation)
      .where(inArray(organisation.id, [...new Set(ids)]))
    return new Map(rows.map(({ id, code }) => [id, code]))
  }

  async add(tx: Tx, row: Organisation): Promise<void> {
    await tx.insert(organisation).values(row)
  }

  async replace(tx: Tx, row: Organisation): Promise<void> {
    await tx.update(organisation).set(row).where(eq(organisation.id, row.id))
  }

  /** Names by identifier, as far as the scope shows them. */
  async names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: organisation.id, name: organisation.name })
      .from(organisation)
      .where(inArray(organisation.id, [...new Set(ids)]))
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** Kinds by identifier. */
  async kinds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrganisationKind>> {
    const rows = await tx
      .select({ id: organisation.id, kind: organisation.kind })
      .from(organisation)
      .where(
        sql`${organisation.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
      )
    return new Map(rows.map(({ id, kind }) => [id, kind]))
  }

  /** Names by identifier, also of those the scope does not show. */
  async namesOfAny(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await tx.execute<{ id: string; name: string }>(
      sql`select id, name from organisation_names(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`,
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
}
