import type { Tx } from '@haidang/runtime/database/database'
import { and, asc, count, desc, eq, getTableColumns, or, sql } from 'drizzle-orm'
import { type SavedViewRow, savedView, savedViewStart } from './view-tables.ts'

/** Whose views are asked for. */
export interface Viewer {
  readonly person_id: string
  readonly organisation_id: string
}

/** A view, and whether the reader begins the list with it. */
export type ReadView = SavedViewRow & { readonly start: boolean }

/** Views one list shows at most: one’s own come first. */
const mostShown = 200

/** Rows of saved views, always inside a given transaction; a view that is not shared is its maker’s alone. */
export class ViewStore {
  /** Own views by name, then those others of the organisation share. */
  async list(tx: Tx, viewer: Viewer, page: string): Promise<ReadView[]> {
    const own = sql`${savedView.person_id} = ${viewer.person_id}`
    return await this.#read(tx, viewer)
      .where(and(eq(savedView.page, page), readable(viewer)))
      .orderBy(desc(own), asc(sql`lower(${savedView.name})`), asc(savedView.id))
      .limit(mostShown)
  }

  async get(tx: Tx, viewer: Viewer, id: string): Promise<ReadView | undefined> {
    const [row] = await this.#read(tx, viewer).where(and(eq(savedView.id, id), readable(viewer)))
    return row
  }

  /** How many views a person has of a list. */
  async countOf(tx: Tx, { person_id }: Viewer, page: string): Promise<number> {
    const mine = and(eq(savedView.person_id, person_id), eq(savedView.page, page))
    const [row] = await tx.select({ held: count() }).from(savedView).where(mine)
    return row?.held ?? 0
  }

  async add(tx: Tx, row: SavedViewRow): Promise<void> {
    await tx.insert(savedView).values(row)
  }

  async replace(tx: Tx, { id, ...row }: SavedViewRow): Promise<void> {
    await tx.update(savedView).set(row).where(eq(savedView.id, id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(savedView).where(eq(savedView.id, id))
  }

  /** Nobody else begins a list with a view that is no longer shared. */
  async endOthersStart(tx: Tx, { person_id }: Viewer, id: string): Promise<void> {
    const others = sql`${savedViewStart.person_id} <> ${person_id}`
    await tx.delete(savedViewStart).where(and(eq(savedViewStart.view_id, id), others))
  }

  /** Begins the list with a view, in place of another. */
  async begin(tx: Tx, viewer: Viewer, { id, page }: Pick<SavedViewRow, 'id' | 'page'>) {
    const { person_id, organisation_id } = viewer
    await tx
      .insert(savedViewStart)
      .values({ person_id, organisation_id, page, view_id: id })
      .onConflictDoUpdate({
        target: [savedViewStart.person_id, savedViewStart.page],
        set: { view_id: id, organisation_id },
      })
  }

  async endStart(tx: Tx, { person_id }: Viewer, id: string): Promise<void> {
    const own = and(eq(savedViewStart.view_id, id), eq(savedViewStart.person_id, person_id))
    await tx.delete(savedViewStart).where(own)
  }

  #read(tx: Tx, { person_id }: Viewer) {
    const mine = and(
      eq(savedViewStart.view_id, savedView.id),
      eq(savedViewStart.person_id, person_id),
    )
    return tx
      .select({
        ...getTableColumns(savedView),
        start: sql<boolean>`${savedViewStart.view_id} is not null`,
      })
      .from(savedView)
      .leftJoin(savedViewStart, mine)
  }
}

function readable({ person_id, organisation_id }: Viewer) {
  const told = and(savedView.shared, eq(savedView.organisation_id, organisation_id))
  return or(eq(savedView.person_id, person_id), told)
}
