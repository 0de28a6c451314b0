import type { SystemRange } from '@haidang/contracts/attribution'
import { type FaultParameters, faultIn, type SheetFaultCode } from '@haidang/contracts/sheet-fault'
import { z } from 'zod'
import { rangeFaults } from '../modules/attribution/range-fault.ts'
import { periodOf } from '../modules/attribution/range-period.ts'
import { isFault, type Range, readRange } from '../modules/attribution/subject.ts'
import type { ImportFaults } from '../sheets/sheet-faults.ts'
import { scriptFault } from './script-fault.ts'

/** A range of a cell, with the days it holds. */
export interface RangeEntry extends Range {
  readonly valid_from: string | null
  readonly valid_to: string | null
  readonly from: number
  readonly until: number
}

type Days = Pick<SystemRange, 'text' | 'valid_from' | 'valid_to'>

/** As a cell says it: the range, and its days where it has any. */
export function entryText({ text, valid_from, valid_to }: Days): string {
  if (valid_from === null && valid_to === null) return text
  return `${text} [${valid_from ?? ''}..${valid_to ?? ''}]`
}

/** Reads a range of a cell; what is none, or more likely a deceit than a name, becomes a fault. */
export function readEntry(
  written: string,
  row: number,
  faults: ImportFaults,
): RangeEntry | undefined {
  const tell = (code: SheetFaultCode, parameters: FaultParameters) =>
    faults.tell(row, 'ranges', code, parameters)
  const parts = /^(.*?)\s*(?:\[\s*([\d-]*)\s*\.\.\s*([\d-]*)\s*\])?$/s.exec(written)
  const [, text = '', first = '', last = ''] = parts ?? []
  const range = readRange(text)
  if (isFault(range)) {
    const { cause, remedy } = rangeFaults[range.fault]
    const { meant = '' } = range
    const instead = meant === '' ? remedy : { vi: `ghi ${meant}`, en: `write ${meant}` }
    const words = {
      cause: { vi: `“{value}”: ${cause.vi}`, en: `“{value}”: ${cause.en}` },
      remedy: instead,
    }
    const code = `range.${range.fault}`
    const parameters = { value: text.slice(0, 200), meant }
    faults.add(faultIn({ [code]: words }, { row, field: 'ranges' }, code, parameters))
    return undefined
  }
  const script = range.kind === 'domain' ? scriptFault(range.text) : undefined
  if (script) {
    tell(script.code, script.parameters)
    return undefined
  }
  const days = { valid_from: first || null, valid_to: last || null }
  const period = isDay(first) && isDay(last) ? periodOf(days.valid_from, days.valid_to) : undefined
  if (period) return { ...range, ...days, ...period }
  tell('not-a-day', { value: written.slice(0, 200) })
  return undefined
}

function isDay(text: string): boolean {
  return text === '' || z.iso.date().safeParse(text).success
}
