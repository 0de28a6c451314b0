import { createHash } from 'node:crypto'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { ChainBreak } from '@haidang/contracts/journal-check'
import { canonicalJson } from './canonical-json.ts'

/** The end of a stretch of the chain. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** Stands before the first entry. */
export const chainStart: ChainHead = { seq: 0, hash: '0'.repeat(64) }

/** How many removed entries a renumbered successor is tried for. */
const renumbered = 64

/** SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of all other fields of an entry. */
export function entryHash(entry: Omit<JournalEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex')
}

/** Whether an entry is as it was written and directly follows `head`. */
export function follows(entry: JournalEntry, head: ChainHead): boolean {
  return entry.seq === head.seq + 1 && belongsAfter(entry, head)
}

/** Whether an entry was written directly after `head`, wherever it stands now. */
function belongsAfter(entry: JournalEntry, head: ChainHead): boolean {
  return entry.previous_hash === head.hash && hashAt(entry, head.seq + 1) === entry.hash
}

function hashAt({ hash, ...rest }: JournalEntry, seq: number): string {
  return entryHash({ ...rest, seq })
}

/**
 * Says what is wrong after `head`, the last entry that is as it was written; `before` is the head before
 * that one, `window` what stands after it in order of position, its first entry the one that does not
 * follow.
 */
export function explainBreak(
  head: ChainHead,
  before: ChainHead,
  window: readonly JournalEntry[],
): ChainBreak {
  const [entry, next] = window
  if (!entry) return cutAt(head.seq, head.seq + 1)
  return (
    misplaced(head, entry, window) ??
    intruderBefore(head, before, entry) ??
    removedBefore(head, entry) ??
    predecessorAltered(head, entry) ??
    contentAltered(entry, next)
  )
}

/** The end is missing: the chain stops at `last` though something knows of `known`. */
export function cutAt(last: number, known: number): ChainBreak {
  return {
    fault: 'cut',
    seq: last + 1,
    until: Math.max(known, last + 1),
    entry_id: null,
    expected: '',
    found: '',
  }
}

/** The entry that belongs here stands further on. */
function misplaced(
  head: ChainHead,
  entry: JournalEntry,
  window: readonly JournalEntry[],
): ChainBreak | undefined {
  const rightful = window.find((one) => belongsAfter(one, head))
  if (!rightful) return undefined
  const seq = head.seq + 1
  const moved = entry.seq !== seq || hashAt(entry, rightful.seq) === entry.hash
  const standing = entry.seq === seq ? entry : undefined
  return {
    fault: moved ? 'reordered' : 'inserted',
    seq,
    until: seq,
    entry_id: standing?.id ?? null,
    expected: String(rightful.seq),
    found: standing?.hash ?? '',
  }
}

/** What was taken for good, the last entry, has pushed the real one on. */
function intruderBefore(
  head: ChainHead,
  before: ChainHead,
  entry: JournalEntry,
): ChainBreak | undefined {
  if (head.seq === 0 || !belongsAfter(entry, before)) return undefined
  return {
    fault: 'inserted',
    seq: head.seq,
    until: head.seq,
    entry_id: null,
    expected: String(entry.seq),
    found: head.hash,
  }
}

function removedBefore(head: ChainHead, entry: JournalEntry): ChainBreak | undefined {
  const seq = head.seq + 1
  const missing = entry.seq > seq ? entry.seq - seq : renumberedBy(entry)
  if (missing === 0) return undefined
  return {
    fault: 'removed',
    seq,
    until: seq + missing - 1,
    entry_id: null,
    expected: '',
    found: '',
  }
}

/** By how many positions an entry was moved down to close a hole; 0: it was not. */
function renumberedBy(entry: JournalEntry): number {
  for (let by = 1; by <= renumbered; by++) {
    if (hashAt(entry, entry.seq + by) === entry.hash) return by
  }
  return 0
}

/** Whoever altered the last entry recomputed its hash, which its successor does not know. */
function predecessorAltered(head: ChainHead, entry: JournalEntry): ChainBreak | undefined {
  const genuine = hashAt(entry, entry.seq) === entry.hash
  if (!genuine || entry.previous_hash === head.hash || head.seq === 0) return undefined
  return {
    fault: 'altered',
    seq: head.seq,
    until: head.seq,
    entry_id: null,
    expected: entry.previous_hash,
    found: head.hash,
  }
}

function contentAltered(entry: JournalEntry, next: JournalEntry | undefined): ChainBreak {
  const { seq, id, hash } = entry
  const computed = hashAt(entry, seq)
  const place = { seq, until: seq, entry_id: id }
  // The successor remembers the hash: it tells whether content or hash was touched.
  if (next?.previous_hash === computed) {
    return { fault: 'hash-altered', ...place, expected: computed, found: hash }
  }
  return { fault: 'altered', ...place, expected: hash, found: computed }
}
