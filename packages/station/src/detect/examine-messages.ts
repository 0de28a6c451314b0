import type { RuleSetSummary } from '@haidang/contracts/rule'
import type { CorrelationPlan } from '@haidang/detection/correlation/correlation-plan'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { RuleEntry } from '@haidang/detection/sigma/rule-entry'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import type { EnrichmentTables } from '../enrich/enrichment-tables.ts'
import type { KeptLeases, LeaseChange } from '../enrich/lease-table.ts'
import type { LineContext } from '../line.ts'
import type { PackedRecords } from './chunk.ts'
import type { Examined } from './examine-chunk.ts'
import type { RecordMiss } from './explain-records.ts'

/** What stays the same for all chunks of a range. */
export interface Around {
  readonly context: LineContext
  /** Version of the enrichment tables; undefined: there are none. */
  readonly enrichment: string | undefined
}

/** What a worker is asked. */
export type ExamineRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'build'; readonly rules: RuleTexts }
  | { readonly kind: 'install'; readonly image: string }
  | { readonly kind: 'indicators'; readonly tables: IndicatorTables }
  | { readonly kind: 'enrichment'; readonly tables: EnrichmentTables }
  | { readonly kind: 'leases'; readonly kept: KeptLeases; readonly changes: readonly LeaseChange[] }
  | (Around & {
      readonly kind: 'examine'
      readonly records: PackedRecords
      readonly detectedAt: string
    })
  | { readonly kind: 'explain'; readonly records: PackedRecords; readonly context: LineContext }

/** What came of building: the rules as found, and the image other threads install. */
export interface Built {
  readonly version: string
  readonly entries: readonly RuleEntry[]
  readonly correlations: CorrelationPlan
  readonly image: string
}

/** Rules and indicators as they came into force. */
export interface LoadedSets {
  readonly summary: RuleSetSummary
  readonly rules: readonly RuleEntry[]
  /** Lines of indicator files that are none. */
  readonly indicatorProblems: readonly string[]
}

/** Answers, by the kind of request. */
export interface ExamineAnswers {
  readonly ready: true
  readonly build: Built
  readonly install: true
  readonly indicators: true
  readonly enrichment: true
  readonly leases: true
  readonly examine: Examined
  readonly explain: readonly RecordMiss[]
}

export interface Numbered<T> {
  readonly id: number
  readonly body: T
}

export type ExamineAnswer = Numbered<{ readonly value: unknown } | { readonly failure: string }>
