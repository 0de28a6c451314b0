import type { CorrelationPlan } from '@haidang/detection/correlation/correlation-plan'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { RuleEntry } from '@haidang/detection/sigma/rule-entry'
import type { RuleTexts } from '@haidang/detection/sigma/rule-texts'
import type { LineContext } from '../line.ts'
import type { PackedRecords } from './chunk.ts'
import type { Examined } from './examine-chunk.ts'
import type { RecordMiss } from './explain-records.ts'

/** What a worker is asked. */
export type ExamineRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'build'; readonly rules: RuleTexts }
  | { readonly kind: 'install'; readonly image: string }
  | { readonly kind: 'indicators'; readonly tables: IndicatorTables }
  | {
      readonly kind: 'examine'
      readonly records: PackedRecords
      readonly context: LineContext
      readonly detectedAt: string
    }
  | { readonly kind: 'explain'; readonly records: PackedRecords; readonly context: LineContext }

/** What came of building: the rules as found, and the image other threads install. */
export interface Built {
  readonly version: string
  readonly entries: readonly RuleEntry[]
  readonly correlations: CorrelationPlan
  readonly image: string
}

/** Answers, by the kind of request. */
export interface ExamineAnswers {
  readonly ready: true
  readonly build: Built
  readonly install: true
  readonly indicators: true
  readonly examine: Examined
  readonly explain: readonly RecordMiss[]
}

export interface Numbered<T> {
  readonly id: number
  readonly body: T
}

export type ExamineAnswer = Numbered<{ readonly value: unknown } | { readonly failure: string }>
