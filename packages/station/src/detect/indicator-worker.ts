import { parentPort, workerData } from 'node:worker_threads'
import { applyDelta, mergeLayers } from '@haidang/detection/indicators/indicator-delta'
import { lengthOf } from '@haidang/detection/indicators/indicator-details'
import {
  type IndicatorLayer,
  type IndicatorTables,
  LayerBuilder,
} from '@haidang/detection/indicators/indicator-layer'
import { mostIndicators, tablesOf } from '@haidang/detection/indicators/indicator-tables'
import { readCompiled, writeCompiled } from './compiled-indicators.ts'
import { DetailFiles, fileSink } from './detail-files.ts'
import { readIndicatorFiles } from './indicator-files.ts'
import type { IndicatorJob, IndicatorJobMessage } from './indicator-job.ts'

// A thread that does one job with indicators, answers and ends.
const progressStep = 500_000
/** Details up to here stay in memory when layers are merged. */
const smallDetails = 4_194_304

function say(message: IndicatorJobMessage): void {
  parentPort?.postMessage(message)
}

async function build(job: Extract<IndicatorJob, { kind: 'build' }>): Promise<IndicatorTables> {
  const { files, largest, seed, path } = job
  const builder = new LayerBuilder({ seed, most: mostIndicators, sink: fileSink(path) })
  let told = 0
  const progress = () => {
    if (builder.size - told < progressStep) return
    told = builder.size
    say({ read: told })
  }
  const read = await readIndicatorFiles(files, builder, { largest, progress })
  return tablesOf(builder.finish(), { ...read, seed })
}

function merge({ layers, seed, path }: Extract<IndicatorJob, { kind: 'merge' }>): IndicatorLayer {
  const details = new DetailFiles()
  details.keep(layers)
  const bytes = layers.reduce((sum, layer) => sum + lengthOf(layer.details), 0)
  return mergeLayers(layers, seed, details.read, bytes > smallDetails ? fileSink(path) : undefined)
}

function change({ tables, delta }: Extract<IndicatorJob, { kind: 'change' }>): IndicatorTables {
  const details = new DetailFiles()
  details.keep(tables.layers)
  return applyDelta(tables, delta, details.read)
}

async function resultOf(job: IndicatorJob): Promise<IndicatorTables | IndicatorLayer> {
  switch (job.kind) {
    case 'build':
      return build(job)
    case 'restore':
      return readCompiled(job.compiled, job.identity)
    case 'keep':
      writeCompiled(job.compiled, job.tables, job.identity)
      return job.tables
    case 'change':
      return change(job)
    case 'merge':
      return merge(job)
  }
}

try {
  say({ result: await resultOf(workerData as IndicatorJob) })
} catch (error) {
  say({ failure: error instanceof Error ? error.message : String(error) })
}
