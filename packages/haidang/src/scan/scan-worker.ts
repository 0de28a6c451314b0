import { parentPort, workerData } from 'node:worker_threads'
import { compileTexts, type RuleTexts } from '@haidang/detection/sigma/rule-texts'
import { type LinePart, PartReader } from './file-parts.ts'
import type { ScanOptions } from './scan-options.ts'
import { Scanner } from './scanner.ts'

/** What a thread of a scan is given when it starts. */
export interface ScanWork {
  readonly rules: RuleTexts
  readonly options: ScanOptions
  /** Milliseconds since the epoch. */
  readonly now: number
}

const { rules, options, now } = workerData as ScanWork
const scanner = new Scanner(compileTexts(rules), options, now)
const reader = new PartReader()
parentPort?.on('message', (part: LinePart) => {
  parentPort?.postMessage(scanner.scan(part instanceof Uint8Array ? part : reader.read(part)))
})
parentPort?.postMessage('ready')
