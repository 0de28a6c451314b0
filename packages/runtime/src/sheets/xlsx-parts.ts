import { label } from '@haidang/contracts/label'
import { Unzip, UnzipInflate } from 'fflate'
import { sheetLimits } from './sheet.ts'
import { SheetProblem } from './sheet-problem.ts'
import { asSaved, fewerRows, tooMuch } from './sheet-words.ts'

/** Packed bytes between two breaks: a bomb makes a thousand times as many of them, which others wait for. */
const step = 4096

/**
 * Unpacks some parts of a ZIP archive piece by piece, giving way to others in between. `wanted` says by name who takes
 * the bytes of a part. Throws Problem sheet.unreadable for what is no archive or unpacks to more than the limit.
 */
export async function unpack(
  bytes: Uint8Array,
  wanted: (name: string) => ((piece: Uint8Array, isLast: boolean) => void) | undefined,
  between: () => Promise<void>,
): Promise<void> {
  let unpacked = 0
  let parts = 0
  const unzip = new Unzip((file) => {
    parts += 1
    if (parts > 2_000) throw new SheetProblem(label('có quá nhiều phần', 'too many parts'), asSaved)
    const take = wanted(file.name)
    if (!take) return
    file.ondata = (error, piece, isLast) => {
      if (error) throw error
      unpacked += piece.length
      if (unpacked > sheetLimits.bytes) {
        throw new SheetProblem(tooMuch(sheetLimits.bytes), fewerRows)
      }
      take(piece, isLast)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += step) {
    const end = Math.min(at + step, bytes.length)
    unzip.push(bytes.subarray(at, end), end === bytes.length)
    await between()
  }
}
