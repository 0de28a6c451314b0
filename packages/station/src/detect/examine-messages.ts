import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { IndicatorDocument } from '@haidang/detection/indicators/indicator-tables'
import type { RuleDocument, RuleEntry } from '@haidang/detection/sigma/rule-set'
import type { LineContext } from '../line.ts'
import type { PackedRecords } from './chunk.ts'
import type { Examined } from './examine-chunk.ts'

/** The indicator files of a node; `version` names their content. */
export interface IndicatorFiles {
  readonly version: string
  readonly documents: readonly IndicatorDocument[]
}

/** What a worker is asked. */
export type ExamineRequest =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'build'
      readonly rules: readonly RuleDocument[]
      readonly indicators: IndicatorFiles
    }
  | {
      readonly kind: 'install'
      readonly rules: readonly RuleDocument[]
      readonly tables: IndicatorTables
    }
  | {
      readonly kind: 'examine'
      readonly records: PackedRecords
      readonly context: LineContext
      readonly detectedAt: string
    }

/** What came of building: the rules as found, and tables every worker can share. */
export interface Built {
  readonly version: string
  readonly entries: readonly RuleEntry[]
  readonly tables: IndicatorTables
}

/** Answers, by the kind of request. */
export interface ExamineAnswers {
  readonly ready: true
  readonly build: Built
  readonly install: true
  readonly examine: Examined
}

export interface Numbered<T> {
  readonly id: number
  readonly body: T
}

export type ExamineAnswer = Numbered<{ readonly value: unknown } | { readonly failure: string }>
