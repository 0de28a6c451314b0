import { parentPort } from 'node:worker_threads'
import { Detector } from '@haidang/detection/detector'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { buildIndicatorTables, noIndicators } from '@haidang/detection/indicators/indicator-tables'
import { compileRules, type RuleDocument, type RuleSet } from '@haidang/detection/sigma/rule-set'
import { unpackRecords } from './chunk.ts'
import { type Examined, examineChunk } from './examine-chunk.ts'
import type { Built, ExamineAnswer, ExamineRequest, Numbered } from './examine-messages.ts'

// A thread of the examiner: holds compiled rules and indicator tables, answers one request after the other.
let detector = new Detector(compileRules([]), noIndicators())

function install(rules: readonly RuleDocument[], tables: IndicatorTables): RuleSet {
  const compiled = compileRules(rules)
  detector = new Detector(compiled, new IndicatorSet(tables))
  return compiled
}

function answer(request: ExamineRequest): Built | Examined | true {
  switch (request.kind) {
    case 'ready':
      return true
    case 'build': {
      const { version, documents } = request.indicators
      const tables = buildIndicatorTables(documents, version)
      const compiled = install(request.rules, tables)
      return { version: compiled.version, entries: compiled.entries, tables }
    }
    case 'install':
      install(request.rules, request.tables)
      return true
    case 'examine':
      return examineChunk(
        unpackRecords(request.records),
        request.context,
        detector,
        request.detectedAt,
      )
  }
}

parentPort?.on('message', ({ id, body }: Numbered<ExamineRequest>) => {
  let reply: ExamineAnswer
  try {
    reply = { id, body: { value: answer(body) } }
  } catch (error) {
    reply = { id, body: { failure: error instanceof Error ? error.message : String(error) } }
  }
  parentPort?.postMessage(reply)
})
