import type { Tx } from '@haidang/runtime/database/database'
import { and, eq, lt } from 'drizzle-orm'
import { fileCheckpoint } from './station-tables.ts'

/** How far one file is read. */
export interface FilePosition {
  /** Device, inode and fingerprint: who the file is, whatever its name. */
  readonly file: string
  readonly path: string
  /** Bytes read and in the spool. */
  readonly offset: number
}

/** Checkpoints of tailed files. */
export class FileStore {
  async of(tx: Tx, sourceId: string): Promise<FilePosition[]> {
    return tx
      .select({
        file: fileCheckpoint.file,
        path: fileCheckpoint.path,
        offset: fileCheckpoint.offset,
      })
      .from(fileCheckpoint)
      .where(eq(fileCheckpoint.source_id, sourceId))
  }

  async moveTo(tx: Tx, sourceId: string, position: FilePosition, now: string): Promise<void> {
    const { file, path, offset } = position
    await tx
      .insert(fileCheckpoint)
      .values({ source_id: sourceId, file, path, offset, seen_at: now })
      .onConflictDoUpdate({
        target: [fileCheckpoint.source_id, fileCheckpoint.file],
        set: { path, offset, seen_at: now },
      })
  }

  async forget(tx: Tx, sourceId: string, file: string): Promise<void> {
    await tx
      .delete(fileCheckpoint)
      .where(and(eq(fileCheckpoint.source_id, sourceId), eq(fileCheckpoint.file, file)))
  }

  /** Forgets files not seen since an instant (RFC 3339). */
  async forgetUnseen(tx: Tx, before: string): Promise<void> {
    await tx.delete(fileCheckpoint).where(lt(fileCheckpoint.seen_at, before))
  }
}
