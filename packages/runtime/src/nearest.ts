/**
 * The known word nearest to a mistyped one, by edit distance; undefined when none is near (more than
 * four tenths of its letters differ). For "did you mean" in refusals.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const short = word.slice(0, 64)
  let best: string | undefined
  let least = Math.max(1, Math.floor(short.length * 0.4)) + 1
  for (const candidate of known) {
    const distance = distanceBetween(short, candidate)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best
}

/** Edit distance in which two letters changing places are one edit (optimal string alignment). */
function distanceBetween(a: string, b: string): number {
  let earlier: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = nextRow(a, b, i, row, earlier)
    earlier = row
    row = next
  }
  return row[b.length] ?? 0
}

function nextRow(a: string, b: string, i: number, row: number[], earlier: number[]): number[] {
  const next = [i]
  for (let j = 1; j <= b.length; j++) {
    const change = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
    const swapped = j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
    const swap = swapped ? at(earlier, j - 2) + 1 : change
    next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, change, swap))
  }
  return next
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0
}
