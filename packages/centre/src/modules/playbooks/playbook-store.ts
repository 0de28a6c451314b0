import type { Page, PageQuery } from '@haidang/contracts/page'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import {
  type PlaybookRow,
  playbook,
  playbookDraft,
  playbookVersion,
  type VersionRow,
} from './playbook-tables.ts'

const { folded: _, ...columns } = getTableColumns(playbook)
const { content: __, ...headColumns } = getTableColumns(playbookVersion)

const fields = {
  id: { column: playbook.id, kind: 'word' },
  organisation_id: { column: playbook.organisation_id, kind: 'word' },
  tlp: { column: playbook.tlp_rank, kind: 'number' },
  type: { column: playbook.types, kind: 'member' },
  has_draft: { column: playbook.has_draft, kind: 'boolean' },
  for_subordinates: { column: playbook.for_subordinates, kind: 'boolean' },
  published: { column: playbook.published, kind: 'number' },
  text: { column: playbook.folded, kind: 'text', whole: true },
  updated_at: { column: playbook.updated_at, kind: 'time' },
} as const

/** As stateOn of playbook.ts says. */
const stateAt = (day: string) => sql<string>`case
  when ${playbook.retired_from} <= ${day}::date then 'retired'
  when ${playbook.published} = 0 then 'draft'
  when ${playbook.valid_from} <= ${day}::date then 'in_force'
  else 'upcoming' end`

/** For whom playbooks are looked for. */
interface Wanted {
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly also: string
  readonly day: string
  readonly id?: string | undefined
}

/** Rows of playbooks, always inside a given transaction and so inside its scope. */
export class PlaybookStore {
  /** One page, what changed last first. */
  list(tx: Tx, query: PageQuery, day: string): Promise<Page<PlaybookRow>> {
    const overdue = sql<boolean>`(${playbook.review_by} < ${day}::date and ${stateAt(day)} <> 'retired')`
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: {
        ...fields,
        state: { column: stateAt(day), kind: 'word' },
        review_overdue: { column: overdue, kind: 'boolean' },
      },
      sorts: ['-updated_at'],
      id: playbook.id,
    })
    return page.read(tx.select(columns).from(playbook))
  }

  async get(tx: Tx, id: string): Promise<PlaybookRow | undefined> {
    const [row] = await tx.select(columns).from(playbook).where(eq(playbook.id, id))
    return row
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<PlaybookRow | undefined> {
    const [row] = await tx.select(columns).from(playbook).where(eq(playbook.id, id)).for('update')
    return row
  }

  async add(tx: Tx, row: PlaybookRow, content: PlaybookContent): Promise<void> {
    await tx.insert(playbook).values(row)
    await this.keepDraft(tx, row, content)
  }

  /** Writes a locked row, counts its revision up and tells it as it is then. */
  async replace(tx: Tx, row: PlaybookRow): Promise<PlaybookRow> {
    const next = { ...row, revision: row.revision + 1 }
    await tx.update(playbook).set(next).where(eq(playbook.id, row.id))
    return next
  }

  /** Only of one that was never published: versions stay. */
  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(playbook).where(eq(playbook.id, id))
  }

  async draft(tx: Tx, id: string): Promise<PlaybookContent | undefined> {
    const [row] = await tx.select().from(playbookDraft).where(eq(playbookDraft.playbook_id, id))
    return row?.content
  }

  async keepDraft(
    tx: Tx,
    { id: playbook_id, organisation_id }: PlaybookRow,
    content: PlaybookContent,
  ): Promise<void> {
    await tx
      .insert(playbookDraft)
      .values({ playbook_id, organisation_id, content })
      .onConflictDoUpdate({ target: playbookDraft.playbook_id, set: { content } })
  }

  async dropDraft(tx: Tx, id: string): Promise<void> {
    await tx.delete(playbookDraft).where(eq(playbookDraft.playbook_id, id))
  }

  async publish(tx: Tx, row: VersionRow): Promise<void> {
    await tx.insert(playbookVersion).values(row)
  }

  /** What is said about the versions, the newest first. */
  versions(tx: Tx, id: string): Promise<Omit<VersionRow, 'content'>[]> {
    return tx
      .select(headColumns)
      .from(playbookVersion)
      .where(eq(playbookVersion.playbook_id, id))
      .orderBy(desc(playbookVersion.version))
      .limit(200)
  }

  async version(tx: Tx, id: string, version: number): Promise<VersionRow | undefined> {
    const [row] = await tx
      .select()
      .from(playbookVersion)
      .where(and(eq(playbookVersion.playbook_id, id), eq(playbookVersion.version, version)))
    return row
  }

  /**
   * Playbooks in force an incident may be worked on by: its organisation’s, those that organisations above that one
   * publish for it, and of the organisation of who asks; none told less widely than the incident.
   */
  offered(tx: Tx, { organisation_id, tlp_rank, also, day, id }: Wanted) {
    return tx
      .select({ playbook: columns, version: getTableColumns(playbookVersion) })
      .from(playbook)
      .innerJoin(
        playbookVersion,
        sql`${playbookVersion.playbook_id} = ${playbook.id} and ${playbookVersion.version} = (
          select max(v.version) from playbook_version v
          where v.playbook_id = ${playbook.id} and v.valid_from <= ${day}::date)`,
      )
      .where(
        and(
          sql`${stateAt(day)} = 'in_force'`,
          sql`${playbook.tlp_rank} <= ${tlp_rank}`,
          sql`(${playbook.organisation_id} in (${organisation_id}, ${also})
            or ${playbook.for_subordinates} and ${playbook.organisation_id} = any (
              (select haidang_superiors(array[${organisation_id}::text], ${day}::date))::text[]))`,
          id === undefined ? undefined : eq(playbook.id, id),
        ),
      )
      .orderBy(playbook.folded, playbook.id)
      .limit(100)
  }

  /** The day a period after another. */
  async dayAfter(tx: Tx, day: string, period: string): Promise<string> {
    const { rows } = await tx.execute<{ day: string }>(
      sql`select (${day}::date + ${period}::interval)::date::text as day`,
    )
    return rows[0]?.day ?? day
  }
}
