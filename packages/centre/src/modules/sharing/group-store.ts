import type { Page, PageQuery } from '@haidang/contracts/page'
import type { SharingGroup } from '@haidang/contracts/sharing-group'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import {
  type GroupMemberRow,
  type GroupRow,
  sharingGroup,
  sharingGroupMember,
} from './group-tables.ts'

const fields = {
  id: { column: sharingGroup.id, kind: 'word' },
  name: { column: sharingGroup.name, kind: 'text' },
  purpose: { column: sharingGroup.purpose, kind: 'text' },
  created_at: { column: sharingGroup.created_at, kind: 'time' },
} as const
const members = sql<number>`(
  select count(*)::int from sharing_group_member m where m.group_id = sharing_group.id)`
const columns = { ...getTableColumns(sharingGroup), members }

/** Rows of sharing groups, always inside a given transaction and so inside its scope. */
export class GroupStore {
  list(tx: Tx, query: PageQuery): Promise<Page<SharingGroup>> {
    const page = keyset({ query, fields, sorts: ['name'], id: sharingGroup.id })
    return page.read(tx.select(columns).from(sharingGroup))
  }

  async get(tx: Tx, id: string): Promise<SharingGroup | undefined> {
    const [row] = await tx.select(columns).from(sharingGroup).where(eq(sharingGroup.id, id))
    return row
  }

  members(tx: Tx, id: string): Promise<GroupMemberRow[]> {
    return tx
      .select()
      .from(sharingGroupMember)
      .where(eq(sharingGroupMember.group_id, id))
      .orderBy(asc(sharingGroupMember.added_at))
      .limit(1_000)
  }

  async add(tx: Tx, row: GroupRow): Promise<void> {
    await tx.insert(sharingGroup).values(row)
  }

  async replace(tx: Tx, row: GroupRow): Promise<void> {
    await tx.update(sharingGroup).set(row).where(eq(sharingGroup.id, row.id))
  }

  /** False where it is in the group already. */
  async join(tx: Tx, row: GroupMemberRow): Promise<boolean> {
    const added = await tx.insert(sharingGroupMember).values(row).onConflictDoNothing().returning()
    return added.length > 0
  }

  /** False where it is not in the group. */
  async part(tx: Tx, id: string, organisationId: string): Promise<boolean> {
    const gone = await tx
      .delete(sharingGroupMember)
      .where(
        and(
          eq(sharingGroupMember.group_id, id),
          eq(sharingGroupMember.organisation_id, organisationId),
        ),
      )
      .returning()
    return gone.length > 0
  }
}
