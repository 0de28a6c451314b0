import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readOrMake } from '@haidang/link/keys/key-file'
import { Pseudonyms } from './pseudonym.ts'

const bytes = 32

/** Pseudonyms under the key of this node's organisation, made at first use; only the node can read it. */
export async function openPseudonyms(keysDirectory: string): Promise<Pseudonyms> {
  const text = await readOrMake(join(keysDirectory, 'release.key'), async () =>
    randomBytes(bytes).toString('base64url'),
  )
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length < bytes) throw new Error('keys/release.key is damaged: put the saved one back')
  return new Pseudonyms(key)
}
