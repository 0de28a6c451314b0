import { HeadingLevel, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx'
import { type Look, paragraphOf, runs, twips } from './docx-text.ts'
import type { PaperBlock } from './paper.ts'
import { paragraph, size, textWidth } from './paper-measures.ts'

const body: Look = { size: size.body, align: 'justify', after: paragraph.after }

/** The paragraphs and tables of one block. */
export function docxBlock(block: PaperBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [headingOf(block.text)]
    case 'paragraph':
      return block.text.split('\n').map((text) =>
        paragraphOf(text, {
          ...body,
          italics: block.style === 'basis',
          indent: paragraph.indent,
        }),
      )
    case 'list':
      return block.items.map((text, n) =>
        paragraphOf(`${block.ordered ? `${n + 1}.` : '-'} ${text}`, {
          ...body,
          indent: paragraph.indent,
        }),
      )
    case 'table':
      return [tableOf(block), paragraphOf('', { size: size.table })]
  }
}

function headingOf(text: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_2,
    keepNext: true,
    children: runs(text, { size: size.body, bold: true }),
    spacing: { after: twips(paragraph.after) },
    indent: { firstLine: twips(paragraph.indent) },
  })
}

function tableOf({ widths, head, rows }: Extract<PaperBlock, { kind: 'table' }>): Table {
  const shares = head.map((_, n) => widths[n] ?? 1)
  const whole = shares.reduce((sum, one) => sum + one, 0)
  const columns = shares.map((one) => twips((one / whole) * textWidth))
  const cell = (text: string, n: number, look: Look) =>
    new TableCell({
      width: { size: columns[n] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [paragraphOf(text, look)],
    })
  const heading: Look = { size: size.table, bold: true, align: 'center' }
  return new Table({
    columnWidths: columns,
    width: { size: twips(textWidth), type: WidthType.DXA },
    rows: [
      new TableRow({ tableHeader: true, children: head.map((text, n) => cell(text, n, heading)) }),
      ...rows.map(
        (cells) =>
          new TableRow({
            children: columns.map((_, n) => cell(cells[n] ?? '', n, { size: size.table })),
          }),
      ),
    ],
  })
}
