import { label } from '@haidang/contracts/label'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { type SheetCell, sheetLimits, type TakeRow } from './sheet.ts'
import { SheetProblem } from './sheet-problem.ts'
import {
  asSaved,
  eitherFormat,
  fewerColumns,
  fewerRows,
  severalFiles,
  shorterCell,
  tooLongCell,
  tooManyColumns,
  tooManyRows,
} from './sheet-words.ts'
import { unpack } from './xlsx-parts.ts'

const shared = 'xl/sharedStrings.xml'

/** Reads the first sheet of an Office Open XML workbook row by row (ECMA-376). Throws Problem sheet.unreadable. */
export async function readXlsx(
  bytes: Uint8Array,
  take: TakeRow,
  between: () => Promise<void>,
): Promise<void> {
  const strings = new SharedStrings()
  const names: string[] = []
  const stringParser = parserOf(strings)
  const wanted = (name: string) => {
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) names.push(name)
    return name === shared ? stringParser : undefined
  }
  await unpack(bytes, wanted, between)
  const sheet = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0]
  if (!sheet)
    throw new SheetProblem(label('không có trang tính nào', 'no sheet in it'), eitherFormat)
  const rows = parserOf(new SheetRows(strings.all, take))
  await unpack(bytes, (name) => (name === sheet ? rows : undefined), between)
}

/** What follows the elements of a part. */
interface Follower {
  open(tag: SaxesTagPlain): void
  text(text: string): void
  close(name: string): void
}

function parserOf(follower: Follower): (piece: Uint8Array, isLast: boolean) => void {
  const parser = new SaxesParser()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let depth = 0
  parser.on('doctype', () => {
    throw new SheetProblem(label('có khai báo kiểu tài liệu', 'a document type in it'), asSaved)
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > 32)
      throw new SheetProblem(label('phần tử lồng quá sâu', 'elements too deep'), asSaved)
    follower.open({ ...tag, name: localName(tag.name) })
  })
  parser.on('text', (text) => follower.text(text))
  parser.on('closetag', ({ name }) => {
    depth -= 1
    follower.close(localName(name))
  })
  parser.on('error', (error) => {
    throw error
  })
  return (piece, isLast) => {
    parser.write(decoder.decode(piece, { stream: !isLast }))
    if (isLast) parser.close()
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Texts the cells of a sheet point at. */
class SharedStrings implements Follower {
  readonly all: string[] = []
  #text = ''
  #isText = false
  #phonetic = false

  open({ name }: SaxesTagPlain): void {
    if (name === 'si') this.#text = ''
    if (name === 'rPh') this.#phonetic = true
    this.#isText = name === 't' && !this.#phonetic
  }

  text(text: string): void {
    if (this.#isText) this.#text = longer(this.#text, text)
  }

  close(name: string): void {
    this.#isText = false
    if (name === 'rPh') this.#phonetic = false
    if (name !== 'si') return
    this.all.push(this.#text)
    if (this.all.length > 4_000_000)
      throw new SheetProblem(label('quá nhiều văn bản', 'too many texts'), fewerRows)
  }
}

/** Rows and cells of a sheet; those left out are empty. */
class SheetRows implements Follower {
  readonly #strings: readonly string[]
  readonly #take: TakeRow
  #row = 0
  #cells: SheetCell[] = []
  #column = 0
  #type = ''
  #value = ''
  #formula = false
  #isText = false

  constructor(strings: readonly string[], take: TakeRow) {
    this.#strings = strings
    this.#take = take
  }

  open({ name, attributes }: SaxesTagPlain): void {
    if (name === 'row') this.#openRow(attributes['r'])
    else if (name === 'c') this.#openCell(attributes)
    else if (name === 'f') this.#formula = true
    this.#isText = name === 'v' || name === 't'
  }

  text(text: string): void {
    if (this.#isText) this.#value = longer(this.#value, text)
  }

  close(name: string): void {
    this.#isText = false
    if (name === 'c') this.#closeCell()
    if (name === 'row' && this.#cells.some(({ text, formula }) => text !== '' || formula)) {
      this.#take(this.#row, this.#cells)
    }
  }

  #openRow(number: string | undefined): void {
    this.#row = number && /^\d{1,7}$/.test(number) ? Number(number) : this.#row + 1
    this.#cells = []
    this.#column = 0
    if (this.#row > sheetLimits.rows) {
      throw new SheetProblem(tooManyRows(sheetLimits.rows - 1), severalFiles)
    }
  }

  #openCell({ r, t }: SaxesTagPlain['attributes']): void {
    this.#column = columnOf(r) ?? this.#column + 1
    if (this.#column > sheetLimits.columns) {
      throw new SheetProblem(tooManyColumns(sheetLimits.columns), fewerColumns)
    }
    this.#type = t ?? 'n'
    this.#value = ''
    this.#formula = false
  }

  #closeCell(): void {
    while (this.#cells.length < this.#column - 1) this.#cells.push({ text: '', formula: false })
    const text = this.#type === 's' ? (this.#strings[Number(this.#value)] ?? '') : this.#value
    // A text that begins with = is a text here: what is computed says so.
    this.#cells[this.#column - 1] = { text, formula: this.#formula }
  }
}

/** 1 of `A7`, 28 of `AB7`. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function longer(text: string, more: string): string {
  if (text.length + more.length <= sheetLimits.cell) return text + more
  throw new SheetProblem(tooLongCell(sheetLimits.cell), shorterCell)
}
