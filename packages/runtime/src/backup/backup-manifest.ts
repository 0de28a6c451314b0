import { timingSafeEqual } from 'node:crypto'
import { Instant } from '@haidang/contracts/instant'
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { Problem } from '../problem.ts'
import { macOf, WrappedKey } from './backup-key.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A piece of a file, compressed and encrypted, as it lies in the place. */
const Chunk = z.strictObject({ name: z.string(), sha256: Sha256, bytes: z.int() })
export type Chunk = z.infer<typeof Chunk>

/** A file of a backup: its path, and what it was before it was compressed and encrypted. */
export const BackupFile = z.strictObject({
  path: z.string().min(1).max(1000),
  bytes: z.int(),
  sha256: Sha256,
  mode: z.int(),
  /** Says when a file of the same path need not be read again; empty: it always is. */
  print: z.string().max(300),
  chunks: z.array(Chunk),
})
export type BackupFile = z.infer<typeof BackupFile>

const Table = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int(),
})
export type BackedUpTable = z.infer<typeof Table>

/** What a backup is, written last: without it nothing of the backup counts. */
export const BackupManifest = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  /** `records`: the database alone, as before an upgrade. */
  kind: z.enum(['whole', 'records']),
  node: z.string(),
  version: z.string(),
  /** Of the snapshot of the records. */
  created_at: Instant,
  finished_at: Instant,
  /** Checksums of the migrations that were applied, by name. */
  migrations: z.record(z.string(), z.string()),
  journal: z.strictObject({ entries: z.int(), head: z.string() }),
  events: z.int(),
  /** Of the spool: below it everything was kept. */
  segment: z.int(),
  tables: z.array(Table),
  sequences: z.array(
    z.strictObject({ schema: z.string(), name: z.string(), value: z.string().nullable() }),
  ),
  files: z.array(BackupFile),
  /** What of the node is not in it, in words. */
  left_out: z.array(z.string()),
  keys: z.array(WrappedKey).min(1),
  /** HMAC of all of the above under the key of the backup. */
  mac: z.string(),
})
export type BackupManifest = z.infer<typeof BackupManifest>

/** The manifest with the proof that it is as written. */
export function sealManifest(
  manifest: Omit<BackupManifest, 'mac'>,
  key: Uint8Array,
): BackupManifest {
  return { ...manifest, mac: macOf(key, canonicalJson(manifest)) }
}

/** Throws Problem backup.damaged where a manifest is not as it was written. */
export function requireGenuine({ mac, ...manifest }: BackupManifest, key: Uint8Array): void {
  const own = Buffer.from(macOf(key, canonicalJson(manifest)))
  const given = Buffer.from(mac)
  if (own.length === given.length && timingSafeEqual(own, given)) return
  throw new Problem('backup.damaged', 'the manifest is not as the node wrote it')
}

/** Throws Problem backup.damaged where the bytes are no manifest of a version this program reads. */
export function readManifest(bytes: Uint8Array, name: string): BackupManifest {
  const read = BackupManifest.safeParse(jsonIn(bytes))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const cause = issue ? `${issue.path.join('.')}: ${issue.message}` : 'no manifest'
  throw new Problem('backup.damaged', `${name}: ${cause}`)
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
