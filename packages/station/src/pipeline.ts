import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import type { Examined } from './detect/examine-chunk.ts'

/** The steps of the line, each a function, so that a test passes its own. */
export interface Stages {
  /** Where the line stopped: everything below is kept. Undefined: nothing is. */
  readonly resume: () => Promise<SpoolPosition | undefined>
  /** The next stretch of the spool; undefined when the line is told to stop. */
  readonly cut: (
    from: SpoolPosition | undefined,
    signal: AbortSignal,
  ) => Promise<SpoolRange | undefined>
  /** Parses, normalises, detects. The same range gives the same events. */
  readonly examine: (range: SpoolRange) => Promise<Examined>
  /** Writes the events under the token of their range: once, however often it is asked. */
  readonly insert: (rows: Uint8Array, token: string) => Promise<void>
  /** ONE transaction: alerts, rejects, counters, batch keys, and the checkpoint moved to the end of the range. */
  readonly keep: (range: SpoolRange, examined: Examined) => Promise<void>
  /** Gives the disk below a position back. */
  readonly release: (position: SpoolPosition) => Promise<void>
  /** Runs a step until it succeeds, waiting longer each time; undefined when the line is told to stop. */
  readonly persevere: <T>(step: string, work: () => Promise<T>) => Promise<T | undefined>
}

interface Stretch {
  readonly range: SpoolRange
  readonly examined: Examined
}

/**
 * The station's whole job, from spool to kept events and alerts. Exactly once: a range, once cut, never
 * changes; the ids of its events follow from their positions; the insert knows its token again; and the
 * checkpoint moves in the transaction that keeps the alerts. Killed anywhere, the line repeats the ranges
 * it was at, and repeating changes nothing. Three ranges are under way: while one is kept the events of the
 * next are inserted and the one after is examined.
 */
export async function runPipeline(stages: Stages, signal: AbortSignal): Promise<void> {
  const { resume, insert, persevere } = stages
  let ahead = persevere('resume', resume).then((from) => lookAhead(stages, from, signal))
  let keeping: Promise<boolean | undefined> = Promise.resolve(true)
  for (;;) {
    const stretch = await ahead
    if (!stretch || signal.aborted) return void (await keeping)
    const { range, examined } = stretch
    ahead = lookAhead(stages, range.to, signal)
    const inserted = await persevere('insert', async () => {
      await insert(examined.rows, range.token)
      return true
    })
    if (!inserted || !(await keeping) || signal.aborted)
      return void (await Promise.all([ahead, keeping]))
    keeping = keepAndRelease(stages, stretch)
  }
}

/** What is kept is not kept again because its place could not be given back. */
async function keepAndRelease(
  { keep, release, persevere }: Stages,
  { range, examined }: Stretch,
): Promise<boolean | undefined> {
  const kept = await persevere('keep', async () => {
    await keep(range, examined)
    return true
  })
  if (!kept) return undefined
  return persevere('release', async () => {
    await release(range.to)
    return true
  })
}

async function lookAhead(
  { cut, examine, persevere }: Stages,
  from: SpoolPosition | undefined,
  signal: AbortSignal,
): Promise<Stretch | undefined> {
  const range = await persevere('cut', () => cut(from, signal))
  if (!range) return undefined
  const examined = await persevere('examine', () => examine(range))
  return examined && { range, examined }
}
