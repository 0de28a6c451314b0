import type { Paper, PaperCheck } from './paper.ts'
import { leftShare, page, qrSide, size, textWidth } from './paper-measures.ts'
import type { PdfPages, Style } from './pdf-pages.ts'
import { qrSquares } from './qr-image.ts'

const position: Style = { face: 'bold', size: size.body, align: 'center' }

/** Draws who gets the paper beside who signs it, and how it is checked. They stay on one page where one holds them. */
export function drawFoot(pages: PdfPages, { recipients, signature, check }: Paper): void {
  const leftWidth = textWidth * leftShare
  const right = { x: page.left + leftWidth, width: textWidth - leftWidth }
  const signed = signature.lines.flatMap((text) => pages.linesOf(text, right.width, position))
  const checked = check ? qrSide + 14 : 0
  const high = (signed.length + 6) * pages.leading(position) + checked
  pages.y += 10
  pages.need(high)
  const top = pages.y

  for (const text of signature.lines) {
    pages.flow(pages.element('P'), text, right.x, right.width, position)
  }
  const note: Style = { face: 'italic', size: size.recipients, align: 'center' }
  pages.y += 1.5 * pages.leading(position)
  if (signature.note !== '') {
    pages.flow(pages.element('P'), signature.note, right.x, right.width, note)
  }
  pages.y += 1.5 * pages.leading(position)
  pages.flow(pages.element('P'), signature.name, right.x, right.width, position)
  const end = pages.y

  pages.y = top
  if (recipients.lines.length > 0) {
    const title: Style = { face: 'boldItalic', size: size.recipientsTitle }
    pages.flow(pages.element('P'), recipients.title, page.left, leftWidth, title)
    const line: Style = { face: 'regular', size: size.recipients }
    for (const text of recipients.lines) {
      pages.flow(pages.element('P'), text, page.left, leftWidth - 12, line)
    }
  }
  // The left column may have gone on to another page; then it alone says where the page ends.
  pages.y = pages.y < top ? pages.y : Math.max(pages.y, end)
  if (check) drawCheck(pages, check)
}

function drawCheck(pages: PdfPages, { url, lines }: PaperCheck): void {
  pages.y += 10
  pages.need(qrSide + 4)
  const top = pages.y
  const squares = qrSquares(url)
  const side = qrSide / squares.length
  pages.artefact(() => {
    for (const [row, cells] of squares.entries()) {
      for (const [column, isDark] of cells.entries()) {
        if (isDark) pages.pdf.rect(page.left + column * side, top + row * side, side, side)
      }
    }
    pages.pdf.fill('#000000')
  })
  const style: Style = { face: 'regular', size: size.check }
  pages.y = top + 4
  const x = page.left + qrSide + 8
  for (const text of lines) {
    pages.flow(pages.element('P'), text, x, textWidth - qrSide - 8, style)
  }
  pages.y = Math.max(pages.y, top + qrSide)
}
