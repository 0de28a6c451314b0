/** What is remembered of one numbered series of an exporter; plain data. */
export interface Series {
  /** How the exporter counts, as far as is known: by which of the counts, and before or after the message. */
  style: number
  /** Messages that fit only this style. */
  sure: number
  /** By style, the number the next message begins with; undefined: not known. */
  nexts: readonly (number | undefined)[]
  /** Numbers missing since the last look, and since the one before. */
  fresh: number
  aged: number
  /** A jump that only counts if the next message goes on from it, and what it would have left out. */
  jump?: { readonly nexts: Series['nexts']; readonly lost: number } | undefined
}

/** A step further than this is taken for a restart or forgery until the next message confirms it. */
const longestStep = 100_000
const modulus = 2 ** 32
/** Messages after which nobody doubts any more how an exporter counts. */
const enoughToBeSure = 3

export function newSeries(): Series {
  return { style: 0, sure: 0, nexts: [], fresh: 0, aged: 0 }
}

/**
 * A message with its number has come. `counts`: by what it may have moved the series, as the standard says
 * first; exporters are known that leave options out, count flows for messages, or give the number after the
 * message. Undefined: nobody can say. What is missing before it is noted; what comes late is taken off again.
 * Numbers are of 32 bits and wrap. Changes the series.
 */
export function arrive(
  series: Series,
  number: number,
  counts: readonly number[] | undefined,
): void {
  if (counts === undefined) {
    // Only a number given before the message says where it begins.
    if (series.style % 2 === 0) step(series, number, [], 0)
    series.nexts = []
    return
  }
  const begins = counts.flatMap((count) => [number, wrapped(number - count)])
  const follows = counts.flatMap((count) => [wrapped(number + count), number])
  learnStyle(series, begins)
  step(series, begins[series.style] ?? number, follows, counts[series.style >> 1] ?? 0)
}

/** What is missing for longer than one interval of looking, and will not come any more. Changes the series. */
export function settle(series: Series): number {
  const { aged, fresh } = series
  series.aged = fresh
  series.fresh = 0
  return aged
}

function learnStyle(series: Series, begins: readonly number[]): void {
  if (series.sure >= enoughToBeSure) return
  const fitting = begins.flatMap((begin, style) => (begin === series.nexts[style] ? [style] : []))
  if (fitting.includes(series.style)) {
    if (fitting.length === 1) series.sure++
    return
  }
  const [other] = fitting
  if (other === undefined) return
  series.style = other
  series.sure = 0
}

function step(series: Series, begin: number, follows: Series['nexts'], count: number): void {
  const { nexts, jump, style } = series
  const next = nexts[style]
  const ahead = next === undefined ? 0 : (begin - next) | 0
  if (ahead >= 0 && ahead <= longestStep) {
    series.fresh += ahead
    goOn(series, follows)
  } else if (jump?.nexts[style] === begin) {
    series.fresh += jump.lost
    goOn(series, follows)
  } else if (ahead < 0 && ahead >= -longestStep && series.fresh + series.aged > 0) {
    takeBack(series, count)
  } else {
    // Backwards: it began anew, and nobody knows what is missing.
    series.jump = { nexts: follows, lost: Math.max(ahead, 0) }
  }
}

function goOn(series: Series, follows: Series['nexts']): void {
  series.nexts = follows
  series.jump = undefined
}

function takeBack(series: Series, count: number): void {
  const fromAged = Math.min(count, series.aged)
  series.aged -= fromAged
  series.fresh -= Math.min(count - fromAged, series.fresh)
}

function wrapped(number: number): number {
  return ((number % modulus) + modulus) % modulus
}
