import { Dice, mutated } from './mutate.ts'

/** One thing that reads bytes of strangers. */
export interface Target {
  readonly name: string
  /** Well-formed inputs to begin with. */
  readonly seeds: readonly Buffer[]
  /** Bytes an input has at most. */
  readonly longest: number
  /**
   * Reads an input. Throws only for faults of ours; refusals of the protocol are answers. What it answers is the same
   * for the same input.
   */
  readonly read: (input: Buffer) => unknown
  /** Looks closely at what was read, of one input in 64; throws for what must not be. */
  readonly check?: (answer: unknown) => void
}

export interface Fuzzed {
  readonly inputs: number
  /** Processor time of the slowest input, milliseconds. */
  readonly slowest: number
  readonly failures: readonly Failure[]
}

interface Failure {
  readonly input: Buffer
  readonly why: string
}

/** Processor time an input may take, milliseconds. */
const longestTime = 50
const batch = 64
const mostFailures = 5

/** Reads `inputs` neighbours of the seeds of a target, always the same for the same seed. */
export function fuzz(target: Target, inputs: number, seed: number): Fuzzed {
  const dice = new Dice(seed)
  const failures: Failure[] = []
  let slowest = 0
  for (let done = 0; done < inputs && failures.length < mostFailures; done += batch) {
    const some = Array.from({ length: Math.min(batch, inputs - done) }, () =>
      mutated(target.seeds, dice, target.longest),
    )
    const { failed, time } = readBatch(target, some)
    if (failed)
      failures.push(...some.flatMap((input) => failureOf(target, input) ?? []).slice(0, 1))
    if (time > longestTime) {
      const { input, cost } = slowestOf(target, some)
      slowest = Math.max(slowest, cost)
      if (cost > longestTime)
        failures.push({ input, why: `${Math.round(cost)} ms of processor time` })
    } else slowest = Math.max(slowest, time / some.length)
  }
  return { inputs, slowest, failures: failures.map((each) => smaller(target, each)) }
}

/** All inputs of a batch once; the first twice, and looked at closely. */
function readBatch(target: Target, some: readonly Buffer[]): { failed: boolean; time: number } {
  const before = process.threadCpuUsage()
  let failed = false
  for (const input of some) failed = !reads(target, input) || failed
  const { user, system } = process.threadCpuUsage(before)
  const [first] = some
  if (first && failureOf(target, first)) failed = true
  return { failed, time: (user + system) / 1000 }
}

function reads(target: Target, input: Buffer): boolean {
  try {
    target.read(input)
    return true
  } catch {
    return false
  }
}

/** What is wrong with how an input is read: it throws, is read differently the second time, or breaks the check. */
function failureOf(target: Target, input: Buffer): Failure | undefined {
  try {
    const once = target.read(input)
    const again = target.read(input)
    if (JSON.stringify(once) !== JSON.stringify(again)) return { input, why: 'read differently' }
    target.check?.(once)
    return undefined
  } catch (error) {
    return { input, why: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** A batch that was slow may have been interrupted: the least of three times of each input counts. */
function slowestOf(target: Target, some: readonly Buffer[]): { input: Buffer; cost: number } {
  let found: { input: Buffer; cost: number } = { input: Buffer.alloc(0), cost: 0 }
  for (const input of some) {
    const cost = Math.min(costOf(target, input), costOf(target, input), costOf(target, input))
    if (cost > found.cost) found = { input, cost }
  }
  return found
}

function costOf(target: Target, input: Buffer): number {
  const before = process.threadCpuUsage()
  reads(target, input)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** The shortest input found that fails, too: parts are left out as long as it does. */
function smaller(target: Target, failure: Failure): Failure {
  let least = failure
  for (let size = Math.ceil(failure.input.length / 2); size > 0; size = Math.floor(size / 2)) {
    for (let at = 0; at < least.input.length; ) {
      const input = Buffer.concat([least.input.subarray(0, at), least.input.subarray(at + size)])
      const still = failureOf(target, input)
      if (still) least = still
      else at += size
    }
  }
  return least
}
