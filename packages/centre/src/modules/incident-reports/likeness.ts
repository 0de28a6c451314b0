import { foldVietnamese } from '@haidang/contracts/fold'
import type { SimilarReport } from '@haidang/contracts/incident-report'
import { millisecondsOf } from '@haidang/contracts/instant'

/** What is compared of a report. */
interface Told {
  readonly text: string
  readonly system_name: string
  readonly addresses: readonly string[]
  readonly detected_at: string | null
}

type Same = SimilarReport['same'][number]

const weights: Readonly<Record<Same, number>> = { address: 0.45, system: 0.3, text: 0.3, time: 0.1 }
const closeMilliseconds = 48 * 3_600_000
/** Words that share less than this are about different things. */
const leastText = 0.35

/** How far two reports tell of the same, and in what; time alone makes nothing similar. */
export function likeness(one: Told, other: Told): { score: number; same: Same[] } {
  const words = textLikeness(one.text, other.text)
  const shares: [Same, number][] = [
    ['address', shared(one.addresses, other.addresses) ? 1 : 0],
    ['system', sameName(one.system_name, other.system_name) ? 1 : 0],
    ['text', words >= leastText ? words : 0],
    ['time', closeness(one.detected_at, other.detected_at)],
  ]
  const found = shares.filter(([, share]) => share > 0)
  if (found.every(([what]) => what === 'time')) return { score: 0, same: [] }
  const score = found.reduce((sum, [what, share]) => sum + weights[what] * share, 0)
  return { score: Math.min(1, score), same: found.map(([what]) => what) }
}

function shared(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(one.map(foldVietnamese))
  return other.some((address) => known.has(foldVietnamese(address)))
}

function sameName(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => foldVietnamese(name).replace(/\s+/g, ' ').trim())
  return a !== '' && a === b
}

/** 1 at the same moment, 0 two days apart. */
function closeness(one: string | null, other: string | null): number {
  if (one === null || other === null) return 0
  const apart = Math.abs(millisecondsOf(one) - millisecondsOf(other))
  return Math.max(0, 1 - apart / closeMilliseconds)
}

/** How many of the three-letter pieces two texts have in common (Dice), tones and case aside. */
function textLikeness(one: string, other: string): number {
  const [a, b] = [piecesOf(one), piecesOf(other)]
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const piece of a) if (b.has(piece)) common += 1
  return (2 * common) / (a.size + b.size)
}

function piecesOf(text: string): Set<string> {
  const folded = foldVietnamese(text).replace(/[^\p{L}\p{N}]+/gu, ' ')
  const pieces = new Set<string>()
  for (let at = 0; at + 3 <= folded.length; at += 1) pieces.add(folded.slice(at, at + 3))
  return pieces
}
