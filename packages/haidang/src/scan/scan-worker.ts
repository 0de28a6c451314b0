import { parentPort, workerData } from 'node:worker_threads'
import { compileRules, type RuleDocument } from '@haidang/detection/sigma/rule-set'
import type { LineChunk } from './line-chunks.ts'
import type { ScanOptions } from './scan-options.ts'
import { Scanner } from './scanner.ts'

/** What a thread of a scan is given when it starts. */
export interface ScanWork {
  readonly documents: readonly RuleDocument[]
  readonly options: ScanOptions
  /** Milliseconds since the epoch. */
  readonly now: number
}

const { documents, options, now } = workerData as ScanWork
const scanner = new Scanner(compileRules(documents), options, now)
parentPort?.on('message', ({ file, chunk }: { file: string; chunk: LineChunk }) => {
  parentPort?.postMessage(scanner.scan(file, chunk))
})
parentPort?.postMessage('ready')
