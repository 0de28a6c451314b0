import { gunzipSync } from 'node:zlib'
import { label } from '@haidang/contracts/label'
import { Problem } from '../problem.ts'
import { CsvReader } from './csv-reader.ts'
import { type SheetFormat, sheetLimits, type TakeRow } from './sheet.ts'
import { SheetProblem } from './sheet-problem.ts'
import { eitherFormat, fewerRows, tooMuch } from './sheet-words.ts'
import { readXlsx } from './xlsx-reader.ts'

const step = 262_144

/** Waited for now and then, so that who takes rows may do slow things with those it has. */
export type Between = () => Promise<void>

/**
 * Reads a sheet row by row, in bounded memory and giving way to others in between. Separated values are UTF-8 and may
 * be gzipped. Throws Problem sheet.unreadable naming what is wrong and where.
 */
export async function readSheet(
  bytes: Uint8Array,
  format: SheetFormat,
  take: TakeRow,
  between: Between = giveWay,
): Promise<void> {
  const failures = new Set<unknown>()
  const noted: Between = () =>
    between().catch((error: unknown) => {
      failures.add(error)
      throw error
    })
  try {
    if (format === 'xlsx') await readXlsx(bytes, take, noted)
    else await readCsv(bytes, take, noted)
  } catch (error) {
    // What went wrong in between says nothing about the sheet.
    if (error instanceof Problem || failures.has(error)) throw error
    throw refusalOf(error)
  }
}

async function readCsv(given: Uint8Array, take: TakeRow, between: Between): Promise<void> {
  const isPacked = given[0] === 0x1f && given[1] === 0x8b
  const bytes = isPacked ? gunzipSync(given, { maxOutputLength: sheetLimits.csvBytes }) : given
  const reader = new CsvReader(take)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 0; at < bytes.length; at += step) {
    reader.push(decoder.decode(bytes.subarray(at, at + step), { stream: at + step < bytes.length }))
    await between()
  }
  reader.end()
}

/** What a library threw, in our words: its own name a cause in one language and no remedy. */
function refusalOf(error: unknown): SheetProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return new SheetProblem(tooMuch(sheetLimits.csvBytes), fewerRows)
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new SheetProblem(label('chữ không mã hóa UTF-8', 'its text is not UTF-8'), eitherFormat)
  }
  return new SheetProblem(
    label('tệp hỏng, hoặc không đúng loại đã chọn', 'it is damaged, or not of the chosen type'),
    eitherFormat,
  )
}

async function giveWay(): Promise<void> {
  await new Promise(setImmediate)
}
