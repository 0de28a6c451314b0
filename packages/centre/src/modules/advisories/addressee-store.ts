import type { AdvisoryTally } from '@haidang/contracts/advisory'
import type { OrganisationKind } from '@haidang/contracts/organisation'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { portions } from '@haidang/runtime/database/portions'
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  inArray,
  lt,
  type SQL,
  sql,
} from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import { rankedFilter } from '../../ranked-filter.ts'
import { silentSteps, tallyOf } from './advisory.ts'
import {
  type AddresseeRow,
  advisory,
  advisoryAddressee,
  advisoryEntry,
  type EntryRow,
} from './advisory-tables.ts'

type Place = Pick<AddresseeRow, 'advisory_id' | 'organisation_id'>
type LineRow = AddresseeRow & { readonly id: string; readonly name: string }

const { folded: _folded, ...columns } = getTableColumns(advisoryAddressee)
const { position: _position, ...entryColumns } = getTableColumns(advisoryEntry)
const isSilent = inArray(advisoryAddressee.step, [...silentSteps])

const fields = {
  id: { column: advisoryAddressee.organisation_id, kind: 'word' },
  name: { column: sql<string>`coalesce(${advisoryAddressee.folded}, '')`, kind: 'word' },
  text: { column: advisoryAddressee.folded, kind: 'text', whole: true },
  kind: { column: advisoryAddressee.organisation_kind, kind: 'word' },
  step: { column: advisoryAddressee.step, kind: 'word' },
  assessment: { column: sql`coalesce(${advisoryAddressee.assessment}, '')`, kind: 'word' },
  silent: { column: sql<boolean>`(${isSilent})`, kind: 'boolean' },
  overdue: { column: advisoryAddressee.overdue, kind: 'boolean' },
  over_link: { column: advisoryAddressee.over_link, kind: 'boolean' },
  due_at: { column: advisoryAddressee.due_at, kind: 'time' },
} as const

const isInForce = inArray(
  advisoryAddressee.advisory_id,
  new QueryBuilder()
    .select({ id: advisory.id })
    .from(advisory)
    .where(eq(advisory.state, 'published')),
)

/** Whether somebody was told, of whichever version. */
const wasTold = exists(
  new QueryBuilder()
    .select({ told: sql`1` })
    .from(advisoryEntry)
    .where(
      and(
        eq(advisoryEntry.advisory_id, advisoryAddressee.advisory_id),
        eq(advisoryEntry.organisation_id, advisoryAddressee.organisation_id),
        eq(advisoryEntry.step, 'delivered'),
      ),
    ),
)

const rowsAtOnce = 1_000

/** Ladders of advisories and what was said on them, always inside a given transaction and so inside its scope. */
export class AddresseeStore {
  async add(tx: Tx, rows: readonly AddresseeRow[]): Promise<void> {
    for (const some of portions(rows, rowsAtOnce)) await tx.insert(advisoryAddressee).values(some)
  }

  async addEntries(tx: Tx, rows: readonly EntryRow[]): Promise<void> {
    for (const some of portions(rows, rowsAtOnce)) await tx.insert(advisoryEntry).values(some)
  }

  async replace(tx: Tx, row: AddresseeRow): Promise<void> {
    await tx.update(advisoryAddressee).set(row).where(isLadder(row))
  }

  async get(tx: Tx, place: Place): Promise<AddresseeRow | undefined> {
    const [row] = await tx.select(columns).from(advisoryAddressee).where(isLadder(place))
    return row
  }

  /** All ladders of one advisory, thousands of them perhaps. */
  all(tx: Tx, advisoryId: string): Promise<AddresseeRow[]> {
    return tx
      .select(columns)
      .from(advisoryAddressee)
      .where(eq(advisoryAddressee.advisory_id, advisoryId))
  }

  /** Ladders of an advisory that are climbed on other nodes; of one organisation or told one version only. */
  linked(
    tx: Tx,
    advisoryId: string,
    { organisation_id, version }: Partial<Pick<AddresseeRow, 'organisation_id' | 'version'>>,
  ): Promise<AddresseeRow[]> {
    const of = advisoryAddressee
    return tx
      .select(columns)
      .from(of)
      .where(
        and(
          eq(of.advisory_id, advisoryId),
          eq(of.over_link, true),
          organisation_id === undefined ? undefined : eq(of.organisation_id, organisation_id),
          version === undefined ? undefined : eq(of.version, version),
        ),
      )
  }

  /** Some ladders of an advisory, in whatever version, that were told of it, behind one organisation in the order of their ids. */
  told(tx: Tx, advisoryId: string, from: string, most: number): Promise<AddresseeRow[]> {
    const { advisory_id, organisation_id } = advisoryAddressee
    return tx
      .select(columns)
      .from(advisoryAddressee)
      .where(and(eq(advisory_id, advisoryId), gt(organisation_id, from), wasTold))
      .orderBy(asc(organisation_id))
      .limit(most)
  }

  /** The ladders of one organisation. */
  own(tx: Tx, advisories: readonly string[], organisationId: string): Promise<AddresseeRow[]> {
    return tx
      .select(columns)
      .from(advisoryAddressee)
      .where(
        and(
          inArray(advisoryAddressee.advisory_id, [...advisories]),
          eq(advisoryAddressee.organisation_id, organisationId),
        ),
      )
  }

  /** One page of the ladders of an advisory by name, and how many a filter finds. */
  async list(tx: Tx, advisoryId: string, query: PageQuery): Promise<Page<LineRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['name'],
      id: advisoryAddressee.organisation_id,
      only: eq(advisoryAddressee.advisory_id, advisoryId),
    })
    const selected = { ...columns, id: advisoryAddressee.organisation_id, name: fields.name.column }
    const { items, next } = await page.read(tx.select(selected).from(advisoryAddressee))
    const [found] = await tx.select({ all: count() }).from(advisoryAddressee).where(page.where)
    return { items, next, total: found?.all ?? 0 }
  }

  /** How the addressees of each advisory stand that the reader may see. */
  async tallies(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, AdvisoryTally>> {
    if (ids.length === 0) return new Map()
    const { advisory_id, step, assessment, overdue } = advisoryAddressee
    const rows = await tx
      .select({ advisory_id, step, assessment, overdue, count: count() })
      .from(advisoryAddressee)
      .where(inArray(advisory_id, [...ids]))
      .groupBy(advisory_id, step, assessment, overdue)
    return new Map(
      [...Map.groupBy(rows, (row) => row.advisory_id)].map(([id, of]) => [id, tallyOf(of)]),
    )
  }

  /** The same for one advisory, by kind of organisation. */
  async talliesByKind(
    tx: Tx,
    id: string,
  ): Promise<{ organisation_kind: OrganisationKind; tally: AdvisoryTally }[]> {
    const { organisation_kind, step, assessment, overdue } = advisoryAddressee
    const rows = await tx
      .select({ organisation_kind, step, assessment, overdue, count: count() })
      .from(advisoryAddressee)
      .where(eq(advisoryAddressee.advisory_id, id))
      .groupBy(organisation_kind, step, assessment, overdue)
      .orderBy(asc(organisation_kind))
    const grouped = Map.groupBy(rows, (row) => row.organisation_kind)
    return [...grouped].map(([kind, of]) => ({ organisation_kind: kind, tally: tallyOf(of) }))
  }

  /** Some ladders climbed here that nobody was told of yet; nobody else tells them meanwhile. */
  undelivered(tx: Tx, most: number): Promise<AddresseeRow[]> {
    const { advisory_id, organisation_id, step, over_link } = advisoryAddressee
    return tx
      .select(columns)
      .from(advisoryAddressee)
      .where(and(eq(step, 'issued'), eq(over_link, false), isInForce))
      .orderBy(asc(advisory_id), asc(organisation_id))
      .limit(most)
      .for('update', { skipLocked: true })
  }

  /** Ladders in force whose time to answer is over, marked so from now on. */
  async markOverdue(tx: Tx, now: string): Promise<AddresseeRow[]> {
    return tx
      .update(advisoryAddressee)
      .set({ overdue: true })
      .where(
        and(
          lt(advisoryAddressee.due_at, now),
          eq(advisoryAddressee.overdue, false),
          isSilent,
          isInForce,
        ),
      )
      .returning(columns)
  }

  async entry(tx: Tx, id: string): Promise<EntryRow | undefined> {
    const [row] = await tx.select(entryColumns).from(advisoryEntry).where(eq(advisoryEntry.id, id))
    return row
  }

  /** What an addressee answered last to the version its ladder is climbed for. */
  async lastAnswer(
    tx: Tx,
    place: Place & Pick<AddresseeRow, 'version'>,
  ): Promise<EntryRow | undefined> {
    const [row] = await tx
      .select(entryColumns)
      .from(advisoryEntry)
      .where(
        and(
          isOf(place),
          eq(advisoryEntry.version, place.version),
          inArray(advisoryEntry.step, ['assessed', 'remediated']),
        ),
      )
      .orderBy(desc(advisoryEntry.position))
      .limit(1)
    return row
  }

  /** Whether an addressee was told of a version before this one. */
  async wasToldBefore(tx: Tx, place: Place, version: number): Promise<boolean> {
    const [earlier] = await tx
      .select({ id: advisoryEntry.id })
      .from(advisoryEntry)
      .where(
        and(isOf(place), eq(advisoryEntry.step, 'delivered'), lt(advisoryEntry.version, version)),
      )
      .limit(1)
    return earlier !== undefined
  }

  /** What was said on one ladder, in order. */
  entries(tx: Tx, place: Place): Promise<EntryRow[]> {
    return tx
      .select(entryColumns)
      .from(advisoryEntry)
      .where(isOf(place))
      .orderBy(asc(advisoryEntry.position))
      .limit(1_000)
  }
}

function isLadder({ advisory_id, organisation_id }: Place): SQL | undefined {
  return and(
    eq(advisoryAddressee.advisory_id, advisory_id),
    eq(advisoryAddressee.organisation_id, organisation_id),
  )
}

function isOf({ advisory_id, organisation_id }: Place): SQL | undefined {
  return and(
    eq(advisoryEntry.advisory_id, advisory_id),
    eq(advisoryEntry.organisation_id, organisation_id),
  )
}
