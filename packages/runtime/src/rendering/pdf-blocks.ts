import type { PaperBlock } from './paper.ts'
import { page, paragraph, size, textWidth } from './paper-measures.ts'
import type { Element, PdfPages, Style } from './pdf-pages.ts'
import { drawTable } from './pdf-table.ts'

const body: Style = { face: 'regular', size: size.body, align: 'justify' }

/** Draws one block of the text. */
export async function drawBlock(pages: PdfPages, block: PaperBlock): Promise<void> {
  switch (block.kind) {
    case 'heading':
      return drawHeading(pages, block.text)
    case 'paragraph':
      return drawParagraph(pages, block)
    case 'list':
      return drawList(pages, block)
    case 'table':
      return drawTable(pages, block)
  }
}

function drawHeading(pages: PdfPages, text: string): void {
  const style: Style = { face: 'bold', size: size.body, indent: paragraph.indent }
  // A heading does not stand alone at the foot of a page.
  pages.need(3 * pages.leading(style))
  pages.flow(pages.element('H2'), text, page.left, textWidth, style)
  pages.y += paragraph.after
}

function drawParagraph(
  pages: PdfPages,
  { text, style }: Extract<PaperBlock, { kind: 'paragraph' }>,
): void {
  const element = pages.element('P')
  for (const passage of text.split('\n')) {
    pages.flow(element, passage, page.left, textWidth, {
      ...body,
      face: style === 'basis' ? 'italic' : 'regular',
      indent: paragraph.indent,
    })
  }
  pages.y += paragraph.after
}

function drawList(
  pages: PdfPages,
  { ordered, items }: Extract<PaperBlock, { kind: 'list' }>,
): void {
  const list = pages.element('L')
  for (const [n, text] of items.entries()) {
    drawItem(pages, pages.element('LI', list), ordered ? `${n + 1}.` : '-', text)
  }
  pages.y += paragraph.after
}

function drawItem(pages: PdfPages, item: Element, mark: string, text: string): void {
  const indent = paragraph.indent
  const shift = pages.widthOf(`${mark} `, body)
  pages.need(pages.leading(body))
  pages.line(pages.element('Lbl', item), mark, page.left + indent, pages.y, shift, {
    ...body,
    align: 'left',
  })
  const content = pages.element('LBody', item)
  pages.flow(content, text, page.left, textWidth, { ...body, indent: indent + shift })
}
