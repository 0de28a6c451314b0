import { parentPort, workerData } from 'node:worker_threads'
import { ruleSetOf } from '@haidang/detection/sigma/rule-image'
import { type LinePart, PartReader } from './file-parts.ts'
import type { ScanOptions } from './scan-options.ts'
import { Scanner } from './scanner.ts'

/** What a thread of a scan is given when it starts. */
export interface ScanWork {
  /** Compiled rules, as `imageOf` writes them. */
  readonly image: string
  readonly options: ScanOptions
  /** Milliseconds since the epoch. */
  readonly now: number
}

const { image, options, now } = workerData as ScanWork
const scanner = new Scanner(ruleSetOf(image, []), options, now)
const reader = new PartReader()
parentPort?.on('message', (part: LinePart) => {
  parentPort?.postMessage(scanner.scan(part instanceof Uint8Array ? part : reader.read(part)))
})
parentPort?.postMessage('ready')
