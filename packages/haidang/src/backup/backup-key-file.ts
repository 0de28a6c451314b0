import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOrMake } from '@haidang/link/keys/key-file'

/** The key backups of a node are encrypted with, made at first use. */
export async function backupKey(dataDirectory: string): Promise<Buffer> {
  const path = join(dataDirectory, 'keys', 'backup.key')
  const text = await readOrMake(path, async () => randomBytes(32).toString('base64url'))
  return Buffer.from(text.trim(), 'base64url')
}

/** The same where the node has one already. */
export async function knownBackupKey(dataDirectory: string): Promise<Buffer | undefined> {
  const file = join(dataDirectory, 'keys', 'backup.key')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Buffer.from(text.trim(), 'base64url')
}
