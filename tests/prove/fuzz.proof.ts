import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { framerTargets } from '../../packages/station/tests/fuzz/framer-targets.ts'
import { recordTargets } from '../../packages/station/tests/fuzz/record-targets.ts'
import type { FuzzAnswer, FuzzOrder } from './fuzz/fuzz-worker.ts'

/** Inputs for each target; FUZZ_INPUTS makes a shorter run. */
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 1_000_000)
const seed = Number(process.env['FUZZ_SEED'] ?? 22)
/** Bytes a thread may hold when it is done with a target: nothing that was read is kept. */
const mostHeap = 512 * 1_048_576

/** A million neighbours of what is well-formed for every framer, decoder, parser and normaliser of a station. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const names = [...framerTargets, ...recordTargets()].map(({ name }) => name)
  const waiting = [...names]
  const answers: FuzzAnswer[] = []
  const start = process.cpuUsage()
  const threads = Math.min(2, availableParallelism())
  await Promise.all(
    Array.from({ length: threads }, async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const answer = await fuzzed({ name, inputs, seed })
        answers.push(answer)
        say(`${name}: slowest ${answer.slowest.toFixed(1)} ms, ${waiting.length} targets left`)
        for (const { why, input } of answer.failures) say(`${name}: ${why}\n${input}`)
      }
    }),
  )
  const { user, system } = process.cpuUsage(start)
  const failed = answers.filter(({ failures }) => failures.length > 0).map(({ name }) => name)
  assert.deepEqual(failed, [], 'inputs that are not read as they should be')
  for (const { name, heap } of answers) assert.ok(heap < mostHeap, `${name} holds ${heap} bytes`)
  return {
    targets: names.length,
    inputs_each: inputs,
    slowest_ms: Math.max(...answers.map(({ slowest }) => Math.round(slowest * 10) / 10)),
    most_heap_mb: Math.max(...answers.map(({ heap }) => Math.round(heap / 1_048_576))),
    processor_seconds: Math.round((user + system) / 1e6),
  }
}

/** One target in a thread of its own. */
function fuzzed(order: FuzzOrder): Promise<FuzzAnswer> {
  const worker = new Worker(join(import.meta.dirname, 'fuzz/fuzz-worker.ts'), { workerData: order })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
