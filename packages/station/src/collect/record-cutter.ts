import type { SplitLine } from './line-splitter.ts'

/** Cuts the bytes of a file into records. The lengths of what it answers add up to the bytes taken in. */
export interface RecordCutter {
  /** Bytes taken in that belong to no record answered yet. */
  readonly pending: number
  readonly push: (chunk: Uint8Array) => SplitLine[]
  /** What is left when the file ends, call by call. */
  readonly end: () => SplitLine | undefined
  /** Answers what was held back because more of it might come, when long nothing did; absent: nothing is. */
  readonly settle?: () => SplitLine[]
}

/** All that is left when the file ends. */
export function restOf(cutter: RecordCutter): SplitLine[] {
  const rest: SplitLine[] = []
  for (let last = cutter.end(); last !== undefined; last = cutter.end()) rest.push(last)
  return rest
}
