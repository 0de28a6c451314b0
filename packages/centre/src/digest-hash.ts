import { createHash } from 'node:crypto'
import type { JournalDigest } from '@haidang/contracts/journal-digest'
import { canonicalJson } from '@haidang/runtime/canonical-json'

/** SHA-256, in hexadecimal, of a digest as it stands: what the next one names. */
export function digestHash(digest: JournalDigest): string {
  return createHash('sha256').update(canonicalJson(digest)).digest('hex')
}
