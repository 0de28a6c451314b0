import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Instant } from '@haidang/contracts/instant'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { segmentMagic, segmentPath } from '@haidang/runtime/spool/segment-file'
import { writeDurably } from '@haidang/runtime/write-durably'
import { z } from 'zod'

/** What a restored node says of itself at its first start. */
const Restored = z.strictObject({
  backup: z.string(),
  kind: z.enum(['whole', 'records']),
  created_at: Instant,
  restored_at: Instant,
  entries: z.int(),
})
export type Restored = z.infer<typeof Restored>

const word = 'restored.json'
const incomplete = 'restore-incomplete'
/** More segments than a node fills between a backup and its loss: some 160 TB of records. */
const leap = 10_000_000

/**
 * Statements that part the life that begins from the one that was lost. Streams of the link are numbered above
 * what the other side holds. Everybody signs in anew: a session that was ended since must not come back.
 */
export const newLifeStatements = [
  // Records of before an upgrade may have neither.
  `do $$ begin
    if exists (select from information_schema.columns
      where table_schema = 'public' and table_name = 'link_box' and column_name = 'restored') then
      update link_box set restored = true;
    end if;
    if to_regclass('auth.session') is not null then
      delete from auth.session;
      delete from auth.verification;
    end if;
  end $$`,
]

/** Positions of the spool used after the backup are never used again: ids of events follow from them. */
export async function leapSpool(dataDirectory: string, checkpoint: number): Promise<void> {
  const spool = join(dataDirectory, 'spool')
  await mkdir(spool, { recursive: true, mode: 0o700 })
  const numbers = (await readdir(spool)).map((name) => Number.parseInt(name, 10))
  const known = numbers.filter((number) => !Number.isNaN(number))
  const next = Math.max(checkpoint, ...known) + leap
  await writeDurably(segmentPath(spool, next), segmentMagic)
}

/** From here on until `endRestore` no node starts on the directory. */
export async function beginRestore(dataDirectory: string): Promise<void> {
  await writeDurably(join(dataDirectory, incomplete), 'a restore was begun and has not ended\n')
}

export async function endRestore(dataDirectory: string, restored: Restored): Promise<void> {
  await writeDurably(join(dataDirectory, word), `${JSON.stringify(restored)}\n`)
  await rm(join(dataDirectory, incomplete))
}

/** Throws Problem configuration.invalid where a restore into the directory was cut short. */
export async function requireRestoredWholly(dataDirectory: string): Promise<void> {
  if (!existsSync(join(dataDirectory, incomplete))) return
  throw new Problem(
    'configuration.invalid',
    `a restore into ${dataDirectory} was cut short; empty the directory and restore again`,
  )
}

/** Says in the journal that the node was restored, and from what; once. */
export async function tellRestored(
  dataDirectory: string,
  { database, journal }: { database: Database; journal: Journal },
): Promise<void> {
  const file = join(dataDirectory, word)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const { backup, ...after } = Restored.parse(JSON.parse(text))
  await database.transact(systemScope, (tx) =>
    journal.append(tx, {
      type: 'backup.restored',
      organisation_id: null,
      actor: systemScope.actor,
      authority: 'backup',
      subject: backup,
      reason: '',
      after,
    }),
  )
  await rm(file, { force: true })
}
