import type { KnownFormat } from '@haidang/contracts/record-format'
import type { NearestFormat } from '@haidang/contracts/record-survey'
import { formatMarks } from './format-marks.ts'

const longestLooked = 16_384
/** Fewer marks than this are chance. */
const fewestMarks = 2

/**
 * The format whose marks a text holds most of, and those it lacks; undefined where none has two. For texts
 * that nobody recognised: it tells a person what to look at, and decides nothing.
 */
export function nearestFormat(text: string): NearestFormat | undefined {
  const start = text.slice(0, longestLooked)
  let best: { nearest: NearestFormat; share: number } | undefined
  for (const [format, marks] of Object.entries(formatMarks)) {
    const missing = marks.filter((mark) => !start.includes(mark))
    const found = marks.length - missing.length
    const share = found / marks.length
    if (found < fewestMarks || share <= (best?.share ?? 0)) continue
    best = { nearest: { format: format as KnownFormat, missing }, share }
  }
  return best?.nearest
}
