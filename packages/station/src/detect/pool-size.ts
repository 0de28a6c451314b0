/** Memory one thread of the examiner may take, in MiB. */
export const threadMegabytes = 512

/** Threads for a machine: one core is left to the rest, and threads take at most half of the memory. */
export function poolSize(cores: number, memoryBytes: number): number {
  const fitting = Math.floor(memoryBytes / 2 / (threadMegabytes * 1_048_576))
  return Math.max(1, Math.min(cores - 1, fitting))
}
