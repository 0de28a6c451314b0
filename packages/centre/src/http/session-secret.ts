import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '@haidang/runtime/write-durably'
import { newSecret } from '../secret.ts'

/** The key that signs session cookies, made at first start and kept in the data directory, so that a restart signs nobody out. */
export async function openSessionSecret(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'session-secret')
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined && kept.trim().length >= 32) return kept.trim()
  const made = newSecret('')
  await mkdir(dataDirectory, { recursive: true })
  await writeDurably(file, made)
  return made
}
