import type { Label } from '@haidang/contracts/label'
import {
  type FaultParameters,
  faultIn,
  type SheetFault,
  type SheetFaultCode,
  sheetFaults,
} from '@haidang/contracts/sheet-fault'
import type { SheetOutcome } from '@haidang/contracts/sheet-import'
import { Problem } from '@haidang/runtime/problem'
import type { z } from 'zod'
import type { ImportColumn } from './sheet-columns.ts'

const usual = 200

/** What is wrong with the rows of a file: all of it counted, the first `most` told. */
export class ImportFaults {
  readonly told: SheetFault[] = []
  /** Rows that only continue another one, which answers for both. */
  readonly continued = new Map<number, number>()
  readonly #most: number
  count = 0

  constructor(most = usual) {
    this.#most = most
  }

  add(fault: SheetFault): void {
    this.count += 1
    if (this.told.length < this.#most) this.told.push(fault)
  }

  /** Adds a fault every import knows. */
  tell(row: number, field: string, code: SheetFaultCode, parameters?: FaultParameters): void {
    this.add(faultIn(sheetFaults, { row, field }, code, parameters))
  }

  /** Refuses the file if anything is wrong with it, in the words of a language. */
  refuse(language: keyof Label): void {
    if (this.count === 0) return
    const errors = this.told.map(({ row, field, cause, remedy }) => ({
      field: `${row}.${field}`,
      cause: cause[language],
      remedy: remedy[language],
    }))
    throw new Problem('import.invalid', String(this.count), errors)
  }
}

const anything: Label = { vi: 'theo mẫu', en: 'as the template does' }

/** Tells what a schema refuses of a row, in words that follow from the column. */
export function tellIssue(
  faults: ImportFaults,
  row: number,
  { field, expects }: Pick<ImportColumn, 'field' | 'expects'>,
  said: unknown,
  issue: z.core.$ZodIssue,
): void {
  const [code, parameters] = said === undefined ? missing : faultOf(issue, said, expects)
  faults.tell(row, field, code, parameters)
}

type Fault = readonly [SheetFaultCode, FaultParameters?]
const missing: Fault = ['missing']

function faultOf(issue: z.core.$ZodIssue, said: unknown, expects: Label | undefined): Fault {
  const wanted = { expects: expects ?? anything }
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') return ['too-long', { most: Number(issue.maximum) }]
      if (issue.origin === 'array') return ['too-many', { most: Number(issue.maximum) }]
      return ['out-of-bounds', wanted]
    case 'too_small':
      if (issue.origin === 'string') return ['too-short', { least: Number(issue.minimum) }]
      return ['out-of-bounds', wanted]
    case 'invalid_value': {
      const value = issue.path.slice(1).reduce(partOf, said)
      const choices = expects ?? issue.values.map(String).join(', ')
      return ['no-choice', { value: String(value).slice(0, 100), choices }]
    }
    default:
      return ['wrong-form', wanted]
  }
}

function partOf(whole: unknown, key: PropertyKey): unknown {
  if (whole === null || typeof whole !== 'object') return undefined
  return (whole as Readonly<Record<PropertyKey, unknown>>)[key]
}

/** What a file came to: figures, faults and the first rows that are right. */
export function outcomeOf(
  {
    count,
    faults,
    sha256,
  }: { readonly count: number; readonly faults: ImportFaults; readonly sha256: string },
  acts: readonly SheetOutcome['sample'][number][],
): SheetOutcome {
  const of = (act: string) => acts.filter((one) => one.act === act).length
  return {
    rows: count,
    created: of('create'),
    updated: of('update'),
    skipped: of('skip'),
    fault_count: faults.count,
    faults: faults.told,
    notice_count: 0,
    notices: [],
    sample: acts.slice(0, 20),
    sha256,
  }
}
