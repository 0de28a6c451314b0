import type { PaperBlock } from './paper.ts'
import { page, paragraph, size, textWidth } from './paper-measures.ts'
import type { Element, PdfPages, Style } from './pdf-pages.ts'

type Table = Extract<PaperBlock, { kind: 'table' }>

const cell: Style = { face: 'regular', size: size.table }
const heading: Style = { face: 'bold', size: size.table, align: 'center' }
const padding = 4
/** Rows between two breaks, in which others get their turn. */
const stretch = 25

/** Draws a table whose head stands on every page it takes; a row goes on over the page where it must. */
export async function drawTable(pages: PdfPages, table: Table): Promise<void> {
  const widths = widthsOf(table)
  const element = pages.element('Table')
  const head = () => drawRow(pages, pages.element('TR', element), 'TH', table.head, widths)
  pages.need(4 * pages.leading(cell) + 4 * padding)
  head()
  for (const [n, cells] of table.rows.entries()) {
    const row = pages.element('TR', element)
    drawCells(pages, row, linesOf(pages, cells, widths, cell), widths, head)
    if (n % stretch === stretch - 1) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  pages.y += paragraph.after
}

/** Draws the cells of a row, on further pages where this one has no room for all their lines. */
function drawCells(
  pages: PdfPages,
  row: Element,
  lines: readonly (readonly string[])[],
  widths: readonly number[],
  head: () => void,
): void {
  const turn = () => {
    pages.newPage()
    head()
  }
  const least = 3 * pages.leading(cell) + 2 * padding
  if (pages.left < Math.min(heightOf(pages, lines), least)) turn()
  for (let rest = lines; ; turn()) {
    const fitting = Math.floor((pages.left - 2 * padding) / pages.leading(cell))
    const part = rest.map((one) => one.slice(0, fitting))
    drawPart(pages, row, 'TD', part, widths)
    rest = rest.map((one) => one.slice(fitting))
    if (rest.every((one) => one.length === 0)) return
  }
}

function widthsOf({ widths, head }: Table): number[] {
  const shares = head.map((_, n) => widths[n] ?? 1)
  const whole = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((one) => (one / whole) * textWidth)
}

function linesOf(
  pages: PdfPages,
  cells: readonly string[],
  widths: readonly number[],
  style: Style,
): string[][] {
  return widths.map((width, n) =>
    pages.linesOf(cells[n] ?? '', width - 2 * padding, style).map(({ text }) => text),
  )
}

function heightOf(pages: PdfPages, lines: readonly (readonly string[])[]): number {
  return Math.max(...lines.map((one) => one.length)) * pages.leading(cell) + 2 * padding
}

function drawRow(
  pages: PdfPages,
  row: Element,
  tag: 'TH' | 'TD',
  cells: readonly string[],
  widths: readonly number[],
): void {
  drawPart(pages, row, tag, linesOf(pages, cells, widths, tag === 'TH' ? heading : cell), widths)
}

/** Draws the lines of a row that stand on one page. */
function drawPart(
  pages: PdfPages,
  row: Element,
  tag: 'TH' | 'TD',
  lines: readonly (readonly string[])[],
  widths: readonly number[],
): void {
  const style = tag === 'TH' ? heading : cell
  const high = heightOf(pages, lines)
  let x = page.left
  for (const [n, width] of widths.entries()) {
    const left = x
    pages.artefact(() => {
      pages.pdf.lineWidth(0.5).rect(left, pages.y, width, high).stroke('#000000')
    })
    const element = pages.element(tag, row)
    for (const [i, text] of (lines[n] ?? []).entries()) {
      const y = pages.y + padding + i * pages.leading(cell)
      pages.line(element, text, left + padding, y, width - 2 * padding, style)
    }
    x += width
  }
  pages.y += high
}
