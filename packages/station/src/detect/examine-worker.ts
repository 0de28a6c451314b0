import { parentPort } from 'node:worker_threads'
import { Detector } from '@haidang/detection/detector'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { buildIndicatorTables } from '@haidang/detection/indicators/indicator-tables'
import { imageOf, ruleSetOf } from '@haidang/detection/sigma/rule-image'
import { compileRules, type RuleSet } from '@haidang/detection/sigma/rule-set'
import { compileTexts } from '@haidang/detection/sigma/rule-texts'
import { EnrichmentShelf } from '../enrich/enrichment-shelf.ts'
import { unpackRecords } from './chunk.ts'
import { DetailFiles } from './detail-files.ts'
import { type Examined, examineChunk } from './examine-chunk.ts'
import type { Built, ExamineAnswer, ExamineRequest, Numbered } from './examine-messages.ts'
import { explainRecords, type RecordMiss } from './explain-records.ts'

// A thread of the examiner: holds compiled rules and indicator tables, answers one request after the other.
const details = new DetailFiles()
const indicators = new IndicatorSet(buildIndicatorTables([], ''), details.read)
const enrichment = new EnrichmentShelf()
let rules = compileRules([])
let detector = new Detector(rules, indicators)

function install(compiled: RuleSet): void {
  rules = compiled
  detector = new Detector(rules, indicators, () => performance.now())
}

function answer(request: ExamineRequest): Built | Examined | readonly RecordMiss[] | true {
  switch (request.kind) {
    case 'ready':
      return true
    case 'build': {
      install(compileTexts(request.rules))
      const { version, entries, correlations } = rules
      return { version, entries, correlations, image: imageOf(rules) }
    }
    case 'install':
      install(ruleSetOf(request.image, []))
      return true
    case 'indicators':
      details.keep(request.tables.layers)
      indicators.install(request.tables)
      return true
    case 'enrichment':
      enrichment.install(request.tables)
      return true
    case 'leases':
      enrichment.learn(request.kept, request.changes)
      return true
    case 'examine':
      return examineChunk(
        unpackRecords(request.records),
        request.context,
        detector,
        request.detectedAt,
        enrichment.of(request.enrichment),
      )
    case 'explain':
      return explainRecords(unpackRecords(request.records), request.context, rules)
  }
}

parentPort?.on('message', ({ id, body }: Numbered<ExamineRequest>) => {
  try {
    const value = answer(body)
    const reply: ExamineAnswer = { id, body: { value } }
    parentPort?.postMessage(reply, handedOver(value))
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ id, body: { failure } } satisfies ExamineAnswer)
  }
})

/** Rows and texts of alerts are many, and nobody here needs them any more. */
function handedOver(value: ReturnType<typeof answer>): ArrayBuffer[] {
  if (typeof value !== 'object' || !('rows' in value)) return []
  const [alert] = value.alerts
  return alert === undefined ? [value.rows.buffer] : [value.rows.buffer, alert.text.buffer]
}
