import {
  AlignmentType,
  Footer,
  Header,
  HorizontalPositionAlign,
  HorizontalPositionRelativeFrom,
  PageNumber,
  Paragraph,
  ShadingType,
  Tab,
  TabStopType,
  TextRun,
  TextWrappingType,
  VerticalPositionAlign,
  VerticalPositionRelativeFrom,
  WpsShapeRun,
} from 'docx'
import { frame, twips } from './docx-text.ts'
import type { PaperMarks } from './paper.ts'
import { page, size, textWidth } from './paper-measures.ts'

/** Header and footer of the first page, which bears no number, and of the others. */
export function docxMarks(marks: PaperMarks) {
  return {
    headers: { first: headerOf(marks, false), default: headerOf(marks, true) },
    footers: { first: footerOf(marks), default: footerOf(marks) },
  }
}

function headerOf(marks: PaperMarks, numbered: boolean): Header {
  const number = numbered
    ? [new TextRun({ children: [PageNumber.CURRENT], size: size.pageNumber * 2 })]
    : []
  const banner = marks.banner === '' ? [] : [framed(marks.banner)]
  const line = new Paragraph({
    tabStops: stops,
    children: [...banner, tab(), ...number, tab(), ...labelOf(marks), ...watermarkOf(marks)],
  })
  return new Header({ children: [line] })
}

function footerOf(marks: PaperMarks): Footer {
  return new Footer({
    children: [new Paragraph({ tabStops: stops, children: [tab(), tab(), ...labelOf(marks)] })],
  })
}

const stops = [
  { type: TabStopType.CENTER, position: twips(textWidth / 2) },
  { type: TabStopType.RIGHT, position: twips(textWidth) },
]

function tab(): TextRun {
  return new TextRun({ children: [new Tab()] })
}

function framed(text: string): TextRun {
  return new TextRun({ text: ` ${text} `, bold: true, size: size.mark * 2, border: frame })
}

function labelOf({ label }: PaperMarks): TextRun[] {
  if (!label) return []
  return [
    new TextRun({
      text: ` ${label.text} `,
      bold: true,
      size: size.mark * 2,
      color: label.colour.replace('#', ''),
      shading: { type: ShadingType.CLEAR, fill: '000000', color: 'auto' },
    }),
  ]
}

/** Behind the text, turned: a shape, so that it does not flow with the text. */
function watermarkOf({ watermark }: PaperMarks): WpsShapeRun[] {
  if (watermark === '') return []
  const letters = Math.min(size.watermark, Math.floor((1.1 * page.height) / watermark.length))
  const width = Math.round((watermark.length * letters * 0.85 * 96) / 72)
  const height = Math.round((letters * 1.6 * 96) / 72)
  const text = new TextRun({ text: watermark, bold: true, size: letters * 2, color: 'E4E4E4' })
  return [
    new WpsShapeRun({
      type: 'wps',
      children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [text] })],
      transformation: { width, height, rotation: 308 },
      altText: { name: watermark, title: watermark, description: watermark },
      floating: {
        behindDocument: true,
        horizontalPosition: {
          relative: HorizontalPositionRelativeFrom.PAGE,
          align: HorizontalPositionAlign.CENTER,
        },
        verticalPosition: {
          relative: VerticalPositionRelativeFrom.PAGE,
          align: VerticalPositionAlign.CENTER,
        },
        wrap: { type: TextWrappingType.NONE },
      },
    }),
  ]
}
