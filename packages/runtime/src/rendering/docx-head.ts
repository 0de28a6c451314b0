import {
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  WidthType,
} from 'docx'
import { type Look, noBorders, paragraphOf, runs, twips } from './docx-text.ts'
import type { Paper, PaperCheck } from './paper.ts'
import { leftShare, qrSide, size, textWidth } from './paper-measures.ts'
import { qrImage } from './qr-image.ts'

/** The two columns at the top, and what the paper is called. */
export function docxHead({ head, name, subject }: Paper): (Paragraph | Table)[] {
  const issuer: Look = { size: size.issuer, align: 'center' }
  const left = [
    ...(head.superior === '' ? [] : [paragraphOf(head.superior, issuer)]),
    ruled(paragraphOf(head.issuer, { ...issuer, bold: true })),
    paragraphOf(head.symbol, { size: size.symbol, align: 'center' }),
    ...(head.urgency === '' ? [] : [framed(head.urgency)]),
  ].flat()
  const right = [
    paragraphOf(head.nation, { size: size.nation - 1, bold: true, align: 'center' }),
    underlined(head.motto),
    paragraphOf(head.placeAndDate, { size: size.place, italics: true, align: 'center', before: 6 }),
  ]
  const title: Look = { size: size.name, bold: true, align: 'center' }
  return [
    columns(left, right),
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: 'center',
      spacing: { before: twips(18) },
      children: runs(name, title),
    }),
    ...ruled(paragraphOf(subject, title)),
    paragraphOf('', { size: size.body }),
  ]
}

/** Who gets it beside who signs it, and how it is checked. */
export function docxFoot({ recipients, signature, check }: Paper): (Paragraph | Table)[] {
  const centre: Look = { size: size.body, bold: true, align: 'center' }
  const named = recipients.lines.length > 0
  const left = [
    ...(named
      ? [paragraphOf(recipients.title, { size: size.recipientsTitle, bold: true, italics: true })]
      : []),
    ...recipients.lines.map((text) => paragraphOf(text, { size: size.recipients })),
  ]
  const right = [
    ...signature.lines.map((text) => paragraphOf(text, centre)),
    paragraphOf(signature.note, {
      size: size.recipients,
      italics: true,
      align: 'center',
      before: 24,
      after: 24,
    }),
    paragraphOf(signature.name, centre),
  ]
  return [
    paragraphOf('', { size: size.body }),
    columns(left, right),
    ...(check ? [paragraphOf('', { size: size.check }), checkOf(check)] : []),
  ]
}

function checkOf({ url, lines }: PaperCheck): Table {
  const side = Math.round((qrSide / 72) * 96)
  const image = new Paragraph({
    spacing: { line: 240, lineRule: 'auto' },
    children: [
      new ImageRun({
        type: 'png',
        data: qrImage(url, 4),
        transformation: { width: side, height: side },
        altText: { name: 'QR', description: url, title: 'QR' },
      }),
    ],
  })
  const texts = lines.map((text) => paragraphOf(text, { size: size.check }))
  return columns([image], texts, qrSide / textWidth + 0.02)
}

function columns(
  left: readonly Paragraph[],
  right: readonly Paragraph[],
  share: number = leftShare,
): Table {
  const widths = [twips(textWidth * share), twips(textWidth * (1 - share))]
  const cells = [left, right].map(
    (children, n) =>
      new TableCell({
        width: { size: widths[n] ?? 0, type: WidthType.DXA },
        children: children.length > 0 ? children : [paragraphOf('', { size: size.body })],
      }),
  )
  return new Table({
    columnWidths: widths,
    width: { size: twips(textWidth), type: WidthType.DXA },
    borders: noBorders,
    rows: [new TableRow({ cantSplit: true, children: cells })],
  })
}

/** A paragraph with a short line under it. */
function ruled(paragraph: Paragraph): Paragraph[] {
  const line = new Paragraph({
    alignment: 'center',
    spacing: { after: twips(6), line: twips(6), lineRule: 'exact' },
    indent: { left: twips(textWidth * 0.14), right: twips(textWidth * 0.14) },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  })
  return [paragraph, line]
}

function underlined(text: string): Paragraph {
  const look = { size: size.motto, bold: true }
  return new Paragraph({
    alignment: 'center',
    children: runs(text, { ...look, underlined: true }),
  })
}

function framed(text: string): Paragraph {
  return new Paragraph({
    alignment: 'center',
    spacing: { before: twips(8) },
    children: runs(text, { size: size.issuer, bold: true, framed: true }),
  })
}
