import { getHeapStatistics } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { framerTargets } from '../../../packages/station/tests/fuzz/framer-targets.ts'
import { fuzz } from '../../../packages/station/tests/fuzz/fuzz.ts'
import { recordTargets } from '../../../packages/station/tests/fuzz/record-targets.ts'

export interface FuzzOrder {
  readonly name: string
  readonly inputs: number
  readonly seed: number
}

export interface FuzzAnswer {
  readonly name: string
  /** Processor time of the slowest input, milliseconds. */
  readonly slowest: number
  /** Processor time of all inputs, making them included. */
  readonly seconds: number
  /** Bytes in use when all was read. */
  readonly heap: number
  readonly failures: readonly { readonly why: string; readonly input: string }[]
}

const { name, inputs, seed } = workerData as FuzzOrder
const target = [...framerTargets, ...recordTargets()].find((each) => each.name === name)
if (!target) throw new Error(`no target ${name}`)
const before = process.threadCpuUsage()
const { failures, slowest } = fuzz(target, inputs, seed)
const { user, system } = process.threadCpuUsage(before)
const answer: FuzzAnswer = {
  name,
  slowest,
  seconds: (user + system) / 1e6,
  heap: getHeapStatistics().used_heap_size,
  failures: failures.map(({ why, input }) => ({
    why,
    input: JSON.stringify(input.toString('latin1')),
  })),
}
parentPort?.postMessage(answer)
