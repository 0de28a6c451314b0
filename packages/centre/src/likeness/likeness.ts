import { foldVietnamese } from '@haidang/contracts/fold'
import type { IncidentType } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { LikenessReason } from '@haidang/contracts/likeness-api'

/** What incidents are compared by. */
export interface Compared {
  readonly title: string
  readonly type: IncidentType | undefined
  readonly organisation_id: string | undefined
  readonly system_id: string | null
  readonly detected_at: string
  /** What their alerts are about. */
  readonly entities: readonly string[]
}

export interface Likeness {
  readonly score: number
  readonly because: readonly LikenessReason[]
  readonly shared: readonly string[]
}

const day = 24 * 60 * 60_000
/** Words in common, of all words of both, from which two titles are alike. */
const alikeTitles = 0.5
const near = 3 * day

/** How much two incidents resemble one another; undefined: not enough to say so. */
export function likeness(a: Compared, b: Compared): Likeness | undefined {
  const shared = a.entities.filter((entity) => b.entities.includes(entity))
  const titles = commonWords(a.title, b.title)
  const apart = Math.abs(millisecondsOf(a.detected_at) - millisecondsOf(b.detected_at))
  const sameType = a.type !== undefined && a.type !== 'OTHER' && a.type === b.type
  const sameOwner = a.organisation_id !== undefined && a.organisation_id === b.organisation_id
  const found: [LikenessReason, boolean, number][] = [
    ['entity', shared.length > 0, 4 + Math.min(shared.length, 5)],
    ['system', a.system_id !== null && a.system_id === b.system_id, 3],
    ['title', titles >= alikeTitles, 3 * titles],
    ['type', sameType && sameOwner && apart <= near, 2],
  ]
  const because = found.filter(([, holds]) => holds)
  if (because.length === 0) return undefined
  // Of two that are as alike, the one nearer in time.
  const score = because.reduce((sum, [, , weight]) => sum + weight, 1 / (1 + apart / day))
  return { score, because: because.map(([reason]) => reason), shared }
}

/** Share of words two texts have in common, whatever their tone marks, order and repetition: 0 to 1. */
function commonWords(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  const all = new Set([...left, ...right]).size
  return all === 0 ? 0 : [...left].filter((word) => right.has(word)).length / all
}

function wordsOf(text: string): Set<string> {
  return new Set(foldVietnamese(text).match(/[\p{L}\p{N}.]{2,}/gu) ?? [])
}
