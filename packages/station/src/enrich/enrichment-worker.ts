import { parentPort, workerData } from 'node:worker_threads'
import { type EnrichmentFiles, type EnrichmentSettings, loadEnrichment } from './load-enrichment.ts'

// A thread that reads all files once, answers and ends: the line does not wait for it.
const { files, settings } = workerData as {
  readonly files: EnrichmentFiles
  readonly settings: EnrichmentSettings
}
parentPort?.postMessage(await loadEnrichment(files, settings))
