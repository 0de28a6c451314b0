import type { ChainBreak } from '@haidang/contracts/journal-check'
import type { JournalDigest } from '@haidang/contracts/journal-digest'

/** The break that an altered or removed digest of the node itself is. */
export function digestBreak(digest: JournalDigest, expected: string, found: string): ChainBreak {
  const { entries } = digest
  return {
    fault: 'digest-altered',
    seq: entries,
    until: entries,
    entry_id: null,
    expected,
    found,
  }
}
