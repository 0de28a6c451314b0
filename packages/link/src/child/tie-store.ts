import type { DownStream } from '@haidang/contracts/link'
import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { linkDownStream, linkParent, type TieRow } from '../link-tables.ts'

/** The tie to the parent and what is stored of its streams. */
export class TieStore {
  async get(tx: Tx): Promise<TieRow | undefined> {
    const [row] = await tx.select().from(linkParent)
    return row
  }

  async put(tx: Tx, row: TieRow): Promise<void> {
    await tx.insert(linkParent).values(row).onConflictDoUpdate({ target: linkParent.one, set: row })
  }

  async change(tx: Tx, change: Partial<TieRow>): Promise<void> {
    await tx.update(linkParent).set(change).where(eq(linkParent.one, true))
  }

  /** Number up to which a stream from the parent is stored here. */
  async stored(tx: Tx, stream: DownStream): Promise<number> {
    const [row] = await tx.select().from(linkDownStream).where(eq(linkDownStream.stream, stream))
    return row?.stored ?? 0
  }

  async moveTo(tx: Tx, stream: DownStream, stored: number): Promise<void> {
    await tx
      .insert(linkDownStream)
      .values({ stream, stored })
      .onConflictDoUpdate({ target: linkDownStream.stream, set: { stored } })
  }

  /** Another parent: its streams begin anew. */
  async forgetStreams(tx: Tx): Promise<void> {
    await tx.delete(linkDownStream)
  }
}
