import type { Page } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import { type ArchiveFileRow, archiveFile, archiveLitter, retentionDay } from './archive-tables.ts'

/** What is archived together: events of an hour of receipt (since the epoch), an organisation and a TLP. */
export interface Bundle {
  readonly hour: number
  readonly organisation_id: string
  readonly tlp_rank: number
}

/** A name of a bundle, for keys of maps. */
export function bundleName({ hour, organisation_id, tlp_rank }: Bundle): string {
  return `${hour} ${tlp_rank} ${organisation_id}`
}

interface PageOf {
  readonly limit: number
  readonly cursor?: string | undefined
}

const total = (what: typeof archiveFile.rows | typeof archiveFile.bytes) =>
  sql<number>`coalesce(sum(${what}), 0)::float8`

/** The catalogue of the archive, always inside a given transaction. */
export class ArchiveStore {
  /** Rows that lie in the event store and in files, by bundle; hours [from, to). */
  async hot(tx: Tx, from: number, to: number): Promise<(Bundle & { rows: number })[]> {
    const { hour, organisation_id, tlp_rank } = archiveFile
    return await tx
      .select({ hour, organisation_id, tlp_rank, rows: total(archiveFile.rows) })
      .from(archiveFile)
      .where(and(eq(archiveFile.state, 'hot'), gte(hour, from), lt(hour, to)))
      .groupBy(hour, organisation_id, tlp_rank)
  }

  /** Days (since the epoch) of files whose rows are in the event store, too. */
  async hotDays(tx: Tx): Promise<number[]> {
    const day = sql<number>`${archiveFile.hour} / 24`
    const rows = await tx.selectDistinct({ day }).from(archiveFile).where(isHot)
    return rows.map((row) => row.day)
  }

  /** Bundles the event store holds rows of that were cut by other rules than these; hours [from, to). */
  async otherCuts(tx: Tx, from: number, to: number, cut: string): Promise<Bundle[]> {
    const { hour, organisation_id, tlp_rank } = archiveFile
    return await tx
      .selectDistinct({ hour, organisation_id, tlp_rank })
      .from(archiveFile)
      .where(
        and(
          eq(archiveFile.state, 'hot'),
          gte(hour, from),
          lt(hour, to),
          sql`${archiveFile.cut} <> ${cut}`,
        ),
      )
  }

  /** Notes files that are about to be written, so that a stop leaves none behind. */
  async intend(tx: Tx, sha256: string, now: string): Promise<void> {
    await tx
      .insert(archiveLitter)
      .values({ sha256, noted_at: now })
      .onConflictDoUpdate({ target: archiveLitter.sha256, set: { noted_at: now } })
  }

  /** Puts the files of a bundle in the place of those it had while its rows are in the event store. */
  async replace(
    tx: Tx,
    bundle: Bundle,
    files: readonly ArchiveFileRow[],
    now: string,
  ): Promise<void> {
    const gone = await tx
      .delete(archiveFile)
      .where(and(ofBundle(bundle), isHot))
      .returning()
    const names = files.map(({ sha256 }) => sha256)
    for (const { sha256 } of gone) if (!names.includes(sha256)) await this.intend(tx, sha256, now)
    for (const file of files) {
      // Rows that were deleted may have come back, as they were: then the file has them again.
      const again = { state: 'hot', restored_at: null, used_at: null } as const
      await tx
        .insert(archiveFile)
        .values(file)
        .onConflictDoUpdate({ target: archiveFile.sha256, set: again })
    }
    if (names.length > 0)
      await tx.delete(archiveLitter).where(inArray(archiveLitter.sha256, [...names]))
  }

  /** Files in one of these states; with `hours` [from, to), of these. Oldest first, at most `most`. */
  async inState(
    tx: Tx,
    state: ArchiveFileRow['state'],
    hours?: { from: number; to: number },
    most = 100_000,
  ): Promise<ArchiveFileRow[]> {
    return await tx
      .select()
      .from(archiveFile)
      .where(and(eq(archiveFile.state, state), hours && within(hours)))
      .orderBy(asc(archiveFile.hour), asc(archiveFile.sha256))
      .limit(most)
  }

  /** Files that lie only in the archive, page by page: those after `after`, oldest first. */
  async archived(
    tx: Tx,
    after: ArchiveFileRow | undefined,
    most: number,
  ): Promise<ArchiveFileRow[]> {
    const { hour, sha256 } = archiveFile
    return await tx
      .select()
      .from(archiveFile)
      .where(
        and(
          eq(archiveFile.state, 'archived'),
          after && sql`(${hour}, ${sha256}) > (${after.hour}, ${after.sha256})`,
        ),
      )
      .orderBy(asc(hour), asc(sha256))
      .limit(most)
  }

  /** Moves files from one state to another; answers how many, and their rows. */
  async move(
    tx: Tx,
    from: ArchiveFileRow['state'],
    to: ArchiveFileRow['state'],
    which: { from: number; to: number; rules?: readonly number[] },
  ): Promise<{ files: number; rows: number }> {
    const rules = which.rules && inArray(archiveFile.rule, [...which.rules])
    const moved = await tx
      .update(archiveFile)
      .set({ state: to })
      .where(and(eq(archiveFile.state, from), within(which), rules))
      .returning({ rows: archiveFile.rows })
    return { files: moved.length, rows: moved.reduce((sum, { rows }) => sum + rows, 0) }
  }

  /** Takes files out of the catalogue; what lies in the archive is litter from then on. */
  async remove(tx: Tx, names: readonly string[], now: string): Promise<void> {
    for (const sha256 of names) {
      await tx.delete(archiveFile).where(eq(archiveFile.sha256, sha256))
      await this.intend(tx, sha256, now)
    }
  }

  /** Names of litter noted before an instant that is in no catalogue; at most 1,000. */
  async litter(tx: Tx, before: string): Promise<string[]> {
    const rows = await tx
      .select({ sha256: archiveLitter.sha256 })
      .from(archiveLitter)
      .where(
        and(
          lte(archiveLitter.noted_at, before),
          sql`not exists (select from ${archiveFile} where ${archiveFile.sha256} = ${archiveLitter.sha256})`,
        ),
      )
      .limit(1000)
    return rows.map(({ sha256 }) => sha256)
  }

  async swept(tx: Tx, sha256: string): Promise<void> {
    await tx.delete(archiveLitter).where(eq(archiveLitter.sha256, sha256))
  }

  /** Files that lie only in the archive and may hold events of these times (RFC 3339), newest first. */
  async reached(tx: Tx, from: string, to: string, most: number): Promise<ArchiveFileRow[]> {
    return await tx
      .select()
      .from(archiveFile)
      .where(
        and(
          eq(archiveFile.state, 'archived'),
          gte(archiveFile.max_time, from),
          lt(archiveFile.min_time, to),
        ),
      )
      .orderBy(desc(archiveFile.max_time), desc(archiveFile.sha256))
      .limit(most)
  }

  /** Files that were brought back. */
  async restored(tx: Tx): Promise<ArchiveFileRow[]> {
    return await tx.select().from(archiveFile).where(isNotNull(archiveFile.restored_at))
  }

  async markRestored(tx: Tx, sha256: string, now: string): Promise<void> {
    await tx
      .update(archiveFile)
      .set({ restored_at: now, used_at: now })
      .where(eq(archiveFile.sha256, sha256))
  }

  async markUsed(tx: Tx, names: readonly string[], now: string): Promise<void> {
    if (names.length === 0) return
    await tx
      .update(archiveFile)
      .set({ used_at: now })
      .where(and(inArray(archiveFile.sha256, [...names]), isNotNull(archiveFile.restored_at)))
  }

  /** Forgets that files were brought back: of these hours, or all. */
  async forgetRestored(tx: Tx, hours?: readonly number[]): Promise<void> {
    const which = hours && inArray(archiveFile.hour, [...hours])
    await tx
      .update(archiveFile)
      .set({ restored_at: null, used_at: null })
      .where(and(isNotNull(archiveFile.restored_at), which))
  }

  async markVerified(tx: Tx, sha256: string, now: string, fault: string): Promise<void> {
    const set = { verified_at: now, fault }
    await tx.update(archiveFile).set(set).where(eq(archiveFile.sha256, sha256))
  }

  /** Newest hour first. */
  async list(tx: Tx, { limit, cursor }: PageOf): Promise<Page<ArchiveFileRow>> {
    const [hour, sha256] = cursor === undefined ? [] : decodeCursor(cursor, 2)
    const rows = await tx
      .select()
      .from(archiveFile)
      .where(
        cursor === undefined
          ? undefined
          : sql`(${archiveFile.hour}, ${archiveFile.sha256}) < (${Number(hour)}, ${String(sha256)})`,
      )
      .orderBy(desc(archiveFile.hour), desc(archiveFile.sha256))
      .limit(limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const next = rows.length > limit && last ? encodeCursor([last.hour, last.sha256]) : null
    return { items, next }
  }

  async totals(tx: Tx) {
    const number = (condition: ReturnType<typeof sql>) =>
      sql<number>`count(*) filter (where ${condition})::float8`
    const [row] = await tx
      .select({
        files: number(sql`true`),
        rows: total(archiveFile.rows),
        bytes: total(archiveFile.bytes),
        faulty: number(sql`${archiveFile.fault} <> ''`),
        restored_rows: sql<number>`coalesce(sum(${archiveFile.rows}) filter (where ${archiveFile.restored_at} is not null), 0)::float8`,
      })
      .from(archiveFile)
    return row ?? { files: 0, rows: 0, bytes: 0, faulty: 0, restored_rows: 0 }
  }

  /** What was deleted from a day last. */
  async deleted(tx: Tx, day: number): Promise<{ due: string; left_rows: number } | undefined> {
    const [row] = await tx.select().from(retentionDay).where(eq(retentionDay.day, day))
    return row
  }

  async markDeleted(tx: Tx, day: number, due: string, left_rows: number): Promise<void> {
    await tx
      .insert(retentionDay)
      .values({ day, due, left_rows })
      .onConflictDoUpdate({ target: retentionDay.day, set: { due, left_rows } })
  }
}

const isHot = eq(archiveFile.state, 'hot')

function within({ from, to }: { from: number; to: number }) {
  return and(gte(archiveFile.hour, from), lt(archiveFile.hour, to))
}

function ofBundle({ hour, organisation_id, tlp_rank }: Bundle) {
  return and(
    eq(archiveFile.hour, hour),
    eq(archiveFile.organisation_id, organisation_id),
    eq(archiveFile.tlp_rank, tlp_rank),
  )
}
