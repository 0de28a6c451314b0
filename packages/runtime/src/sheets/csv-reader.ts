import { plainCell } from '@haidang/contracts/csv-cell'
import { label } from '@haidang/contracts/label'
import { isFormulaText, type SheetCell, sheetLimits, type TakeRow } from './sheet.ts'
import { SheetProblem } from './sheet-problem.ts'
import {
  fewerColumns,
  severalFiles,
  shorterCell,
  tooLongCell,
  tooManyColumns,
  tooManyRows,
} from './sheet-words.ts'

/**
 * Reads separated values (RFC 4180) piece by piece: quoted fields with line breaks and doubled quotes, LF or CRLF,
 * a byte order mark, and semicolon or tab instead of comma where the first line has more of them.
 */
export class CsvReader {
  readonly #take: TakeRow
  #separator: string | undefined
  #first = ''
  #text = ''
  #cells: SheetCell[] = []
  #state: 'start' | 'plain' | 'quoted' | 'closing' = 'start'
  #wasQuoted = false
  #row = 0

  constructor(take: TakeRow) {
    this.#take = take
  }

  /** Takes the next piece. Throws Problem sheet.unreadable. */
  push(piece: string): void {
    if (this.#separator !== undefined) {
      this.#read(piece)
      return
    }
    this.#first += piece
    const end = this.#first.indexOf('\n')
    if (end < 0 && this.#first.length < 65_536) return
    this.#begin(end < 0 ? this.#first : this.#first.slice(0, end))
  }

  /** Takes what stands after the last line break. Throws Problem sheet.unreadable. */
  end(): void {
    if (this.#separator === undefined) this.#begin(this.#first)
    if (this.#state === 'quoted') {
      throw new SheetProblem(
        label('có dấu nháy kép không đóng', 'a quote is never closed'),
        label('thêm dấu nháy đóng', 'a closing quote'),
      )
    }
    if (this.#cells.length > 0 || this.#text !== '') this.#endRow()
  }

  #begin(line: string): void {
    const count = (separator: string) => line.split(separator).length
    this.#separator = [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
    const text = this.#first
    this.#first = ''
    this.#read(text.startsWith('\ufeff') ? text.slice(1) : text)
  }

  #read(piece: string): void {
    for (const character of piece) {
      if (this.#state === 'quoted') this.#inQuotes(character)
      else this.#outside(character)
    }
  }

  #inQuotes(character: string): void {
    if (character === '"') this.#state = 'closing'
    else this.#add(character)
  }

  #outside(character: string): void {
    if (character === this.#separator) this.#endCell()
    else if (character === '\n') this.#endRow()
    else if (character === '"') this.#quote()
    else if (character !== '\r') {
      if (this.#state === 'closing') {
        const row = this.#row + 1
        throw new SheetProblem(
          label(`dòng ${row}: có chữ sau dấu nháy đóng`, `row ${row}: text after a closing quote`),
          label('gấp đôi dấu nháy nằm trong ô', 'quotes in quotes doubled'),
        )
      }
      this.#state = 'plain'
      this.#add(character)
    }
  }

  #quote(): void {
    if (this.#state === 'closing') this.#add('"')
    else if (this.#state === 'plain') {
      const row = this.#row + 1
      throw new SheetProblem(
        label(`dòng ${row}: dấu nháy giữa chữ`, `row ${row}: a quote within text`),
        label('đặt cả ô trong dấu nháy', 'the whole cell in quotes'),
      )
    }
    this.#wasQuoted = true
    this.#state = 'quoted'
  }

  #add(character: string): void {
    this.#text += character
    if (this.#text.length > sheetLimits.cell) {
      throw new SheetProblem(tooLongCell(sheetLimits.cell, this.#row + 1), shorterCell)
    }
  }

  #endCell(): void {
    const text = this.#text
    this.#cells.push({ text: plainCell(text), formula: isFormulaText(text) })
    if (this.#cells.length > sheetLimits.columns) {
      throw new SheetProblem(tooManyColumns(sheetLimits.columns), fewerColumns)
    }
    this.#text = ''
    this.#state = 'start'
    this.#wasQuoted = false
  }

  #endRow(): void {
    const isBlank = this.#cells.length === 0 && this.#text === '' && !this.#wasQuoted
    this.#row += 1
    if (isBlank) return
    this.#endCell()
    if (this.#row > sheetLimits.rows) {
      throw new SheetProblem(tooManyRows(sheetLimits.rows - 1), severalFiles)
    }
    this.#take(this.#row, this.#cells)
    this.#cells = []
  }
}
