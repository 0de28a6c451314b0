import type { Paper } from './paper.ts'
import { leftShare, page, size, textWidth } from './paper-measures.ts'
import type { PdfPages, Style } from './pdf-pages.ts'

/** Draws the two columns at the top of the first page, and under them what the paper is called. */
export function drawHead(pages: PdfPages, { head, name, subject }: Paper): void {
  const leftWidth = textWidth * leftShare
  const right = { x: page.left + leftWidth, width: textWidth - leftWidth }
  const left = { x: page.left, width: leftWidth - 8 }
  const top = pages.y
  const issuer: Style = { face: 'bold', size: size.issuer, align: 'center' }
  centred(pages, head.superior, left, { ...issuer, face: 'regular' })
  centred(pages, head.issuer, left, issuer)
  rule(pages, left.x + left.width / 3, left.width / 3)
  pages.y += 6
  centred(pages, head.symbol, left, { face: 'regular', size: size.symbol, align: 'center' })
  if (head.urgency !== '') framed(pages, head.urgency, left)
  const leftEnd = pages.y

  pages.y = top
  const nation: Style = { face: 'bold', size: size.nation, align: 'center' }
  oneLine(pages, head.nation, right, nation)
  const motto: Style = { face: 'bold', size: size.motto, align: 'center' }
  oneLine(pages, head.motto, right, motto)
  const underlined = Math.min(pages.widthOf(head.motto, motto), right.width)
  if (head.motto !== '') rule(pages, right.x + (right.width - underlined) / 2, underlined)
  pages.y += 6
  centred(pages, head.placeAndDate, right, { face: 'italic', size: size.place, align: 'center' })

  pages.y = Math.max(leftEnd, pages.y) + 18
  const whole = { x: page.left, width: textWidth }
  const title: Style = { face: 'bold', size: size.name, align: 'center' }
  const element = pages.element('H1')
  pages.flow(element, name, whole.x, whole.width, title)
  pages.flow(element, subject, whole.x, whole.width, title)
  rule(pages, whole.x + whole.width * 0.4, whole.width * 0.2)
  pages.y += 14
}

interface Column {
  readonly x: number
  readonly width: number
}

function centred(pages: PdfPages, text: string, { x, width }: Column, style: Style): void {
  if (text !== '') pages.flow(pages.element('P'), text, x, width, style)
}

/** A line that is made smaller rather than broken. */
function oneLine(pages: PdfPages, text: string, column: Column, style: Style): void {
  const wide = pages.widthOf(text, style)
  const fitting = Math.min(style.size, (style.size * column.width) / Math.max(1, wide))
  centred(pages, text, { ...column, width: column.width + 1 }, { ...style, size: fitting })
}

function rule(pages: PdfPages, x: number, width: number): void {
  const y = pages.y + 1
  pages.artefact(() => {
    pages.pdf
      .lineWidth(0.7)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke('#000000')
  })
}

function framed(pages: PdfPages, text: string, { x, width }: Column): void {
  const style: Style = { face: 'bold', size: size.issuer, align: 'center' }
  const wide = pages.widthOf(text, style) + 16
  const left = x + (width - wide) / 2
  pages.y += 8
  const top = pages.y
  pages.artefact(() => {
    pages.pdf
      .lineWidth(0.8)
      .rect(left, top, wide, size.issuer + 10)
      .stroke('#000000')
  })
  pages.line(pages.element('P'), text, left, top + 4, wide, style)
  pages.y += size.issuer + 12
}
