import type { Label } from '@haidang/contracts/label'
import type { SheetFault } from '@haidang/contracts/sheet-fault'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { columnsOf, type ImportColumn, refusalColumns } from './sheet-columns.ts'
import type { ImportFaults } from './sheet-faults.ts'
import type { SheetFile } from './sheet-import.ts'

/**
 * The rows of a file that are refused, each with its number and why, in the format of the file: corrected, it is read
 * in as it is.
 */
export async function refusedSheet(
  file: SheetFile,
  columns: readonly ImportColumn[],
  { told, continued }: Pick<ImportFaults, 'told' | 'continued'>,
  language: keyof Label,
): Promise<Uint8Array> {
  const reasons = new Map<number, string[]>()
  for (const fault of told) {
    const known = reasons.get(fault.row) ?? []
    if (known.push(sentence(fault, language)) === 1) reasons.set(fault.row, known)
  }
  const place = language === 'vi' ? 0 : 1
  const added = refusalColumns.map(({ names, field }) => names[place] ?? field)
  const rows: string[][] = []
  let kept: number[] | undefined
  await readSheet(file.bytes, file.format, (row, cells) => {
    const texts = cells.map(({ text }) => text)
    if (!kept) {
      // A sheet that was refused before says so already: its reasons are those of now.
      const heads = columnsOf(cells, columns)
      kept = heads.flatMap((head, at) => (refusalColumns.includes(head) ? [] : [at]))
      rows.push([...kept.map((at) => texts[at] ?? ''), ...added])
      return
    }
    const why = reasons.get(continued.get(row) ?? row)
    if (why) rows.push([...kept.map((at) => texts[at] ?? ''), String(row), why.join('\n')])
  })
  return writeSheet(rows, file.format)
}

function sentence({ field, cause, remedy }: SheetFault, language: keyof Label): string {
  return [field, cause[language], remedy[language]].filter(Boolean).join(': ')
}
