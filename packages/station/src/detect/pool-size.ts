import { availableParallelism, totalmem } from 'node:os'

/** Memory one thread of the examiner may take, in MiB. */
export const threadMegabytes = 512

/**
 * Threads for a machine: one core is left to the rest, of two cores both are used, as the rest does not
 * fill one; threads take at most half of the memory.
 */
export function poolSize(cores: number, memoryBytes: number): number {
  const fitting = Math.floor(memoryBytes / 2 / (threadMegabytes * 1_048_576))
  return Math.max(1, Math.min(Math.max(cores - 1, 2), fitting))
}

/** Threads for the machine at hand, whose memory a control group may bound. */
export function poolSizeHere(): number {
  const bound = process.constrainedMemory()
  return poolSize(availableParallelism(), bound > 0 ? Math.min(bound, totalmem()) : totalmem())
}
