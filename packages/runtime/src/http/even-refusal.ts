import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { problems } from '@haidang/contracts/problems'
import { Problem } from '../problem.ts'

/** Milliseconds; longer than finding that something is not there takes. */
const step = 5

/**
 * Does what is asked; that something is not there is told at a whole number of steps after the beginning.
 * What is there, but not for the caller, takes the database some microseconds longer to find: told at once,
 * a thousand questions would show which of the two it is.
 */
export async function evenRefusal<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await work()
  } catch (error) {
    if (isNotThere(error)) await untilStep(begun)
    throw error
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Problem && problems[error.code].status === 404
}

async function untilStep(begun: number): Promise<void> {
  const due = begun + Math.ceil((performance.now() - begun) / step) * step
  // A timer is exact to a millisecond only, which would leave a trace of when it was set.
  await pause(Math.max(0, due - performance.now() - 1))
  while (performance.now() < due) await turn()
}
