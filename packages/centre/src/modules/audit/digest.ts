import { createHash } from 'node:crypto'
import type { ChainBreak } from '@haidang/contracts/journal-check'
import type { JournalDigest } from '@haidang/contracts/journal-digest'
import { canonicalJson } from '@haidang/runtime/canonical-json'

/** SHA-256, in hexadecimal, of a digest as it stands: what the next one names. */
export function digestHash(digest: JournalDigest): string {
  return createHash('sha256').update(canonicalJson(digest)).digest('hex')
}

/** The break that an altered or removed digest of the node itself is. */
export function digestBreak(digest: JournalDigest, expected: string, found: string): ChainBreak {
  const { entries } = digest
  return {
    ...{ fault: 'digest-altered', seq: entries, until: entries, entry_id: null },
    ...{ expected, found },
  }
}
