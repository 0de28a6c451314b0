import { Worker } from 'node:worker_threads'
import type { IndicatorDelta } from '@haidang/detection/indicators/indicator-delta'
import type { IndicatorLayer, IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { FoundFile } from './rule-files.ts'

/** What a thread of its own does with indicators, so that neither the line nor its threads wait for it. */
export type IndicatorJob =
  | {
      readonly kind: 'build'
      readonly files: readonly FoundFile[]
      /** Bytes a file may have at most. */
      readonly largest: number
      readonly seed: number
      /** New file for the details. */
      readonly path: string
    }
  | {
      /** Tables that an earlier life kept; fails unless they are whole and made from the same. */
      readonly kind: 'restore'
      readonly compiled: string
      readonly identity: string
    }
  | {
      readonly kind: 'keep'
      readonly tables: IndicatorTables
      readonly compiled: string
      readonly identity: string
    }
  | {
      readonly kind: 'change'
      readonly tables: IndicatorTables
      readonly delta: IndicatorDelta
    }
  | {
      readonly kind: 'merge'
      readonly layers: readonly IndicatorLayer[]
      readonly seed: number
      readonly path: string
    }

/** Results, by the kind of job. */
export interface IndicatorJobResults {
  readonly build: IndicatorTables
  readonly restore: IndicatorTables
  readonly keep: IndicatorTables
  readonly change: IndicatorTables
  readonly merge: IndicatorLayer
}

export type IndicatorJobMessage =
  | { readonly read: number }
  | { readonly result: IndicatorTables | IndicatorLayer }
  | { readonly failure: string }

/** A running job. */
export interface RunningJob<R> {
  readonly result: Promise<R>
  /** Ends the thread; the result rejects. */
  stop(): Promise<void>
}

const memoryOfJob = 512

/** Starts a job. `progress` is told how many statements have been read. The result rejects if the job fails. */
export function startIndicatorJob<J extends IndicatorJob>(
  job: J,
  progress: (read: number) => void,
): RunningJob<IndicatorJobResults[J['kind']]> {
  const worker = new Worker(new URL('./indicator-worker.ts', import.meta.url), {
    workerData: job,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryOfJob },
  })
  const result = new Promise<IndicatorJobResults[J['kind']]>((resolve, reject) => {
    worker.on('message', (message: IndicatorJobMessage) => {
      if ('read' in message) progress(message.read)
      else if ('failure' in message) reject(new Error(message.failure))
      else resolve(message.result as IndicatorJobResults[J['kind']])
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`thread ended with ${code}`)))
  })
  return {
    result,
    stop: async () => {
      await worker.terminate()
    },
  }
}
