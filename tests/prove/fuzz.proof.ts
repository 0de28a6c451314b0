import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { framerTargets } from '../../packages/station/tests/fuzz/framer-targets.ts'
import { recordTargets } from '../../packages/station/tests/fuzz/record-targets.ts'
import type { FuzzAnswer, FuzzOrder } from './fuzz/fuzz-worker.ts'

/** Inputs for each target; FUZZ_INPUTS makes a shorter run. */
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 1_000_000)
const seed = Number(process.env['FUZZ_SEED'] ?? 22)
/** A file with the answers of targets that are done, where a run that was interrupted goes on. */
const kept = process.env['FUZZ_KEPT']
/** Bytes a thread may hold when it is done with a target: nothing that was read is kept. */
const mostHeap = 512 * 1_048_576

/** A million neighbours of what is well-formed for every framer, decoder, parser and normaliser of a station. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const names = [...framerTargets, ...recordTargets()].map(({ name }) => name)
  const answers = keptAnswers()
  const waiting = names.filter((name) => answers.every((answer) => answer.name !== name))
  const threads = Math.min(2, availableParallelism())
  await Promise.all(
    Array.from({ length: threads }, async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const answer = await fuzzed({ name, inputs, seed })
        answers.push(answer)
        if (kept !== undefined) appendFileSync(kept, `${JSON.stringify(answer)}\n`)
        say(`${name}: slowest ${answer.slowest.toFixed(1)} ms, ${waiting.length} targets left`)
        for (const { why, input } of answer.failures) say(`${name}: ${why}\n${input}`)
      }
    }),
  )
  const failed = answers.filter(({ failures }) => failures.length > 0).map(({ name }) => name)
  assert.deepEqual(failed, [], 'inputs that are not read as they should be')
  for (const { name, heap } of answers) assert.ok(heap < mostHeap, `${name} holds ${heap} bytes`)
  return {
    targets: names.length,
    inputs_each: inputs,
    slowest_ms: Math.max(...answers.map(({ slowest }) => Math.round(slowest * 10) / 10)),
    most_heap_mb: Math.max(...answers.map(({ heap }) => Math.round(heap / 1_048_576))),
    processor_seconds: Math.round(answers.reduce((sum, { seconds }) => sum + seconds, 0)),
  }
}

function keptAnswers(): FuzzAnswer[] {
  if (kept === undefined || !existsSync(kept)) return []
  const lines = readFileSync(kept, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as FuzzAnswer)
}

/** One target in a thread of its own. */
function fuzzed(order: FuzzOrder): Promise<FuzzAnswer> {
  const worker = new Worker(join(import.meta.dirname, 'fuzz/fuzz-worker.ts'), { workerData: order })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
