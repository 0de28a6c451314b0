import PDFDocument from 'pdfkit'
import { dateOf } from '../clock.ts'
import { type Face, fontFiles } from './fonts.ts'
import { type Paper, type PaperMarks, refuseAbove } from './paper.ts'
import { page, paragraph, size } from './paper-measures.ts'
import { textLines } from './text-lines.ts'

/** An element of the structure that readers who do not see the page are read. */
export type Element = PDFKit.PDFStructureElement

/** How a run of lines looks. */
export interface Style {
  readonly face: Face
  readonly size: number
  readonly align?: 'left' | 'center' | 'justify'
  /** How much further in the first line begins. */
  readonly indent?: number
}

/** Pages of a PDF that fill from the top: whoever writes says what, and a new page begins where one is full. */
export class PdfPages {
  readonly pdf: PDFKit.PDFDocument
  readonly #marks: PaperMarks
  readonly #root: Element
  /** Widths of words already measured, by face, for letters of one point. */
  readonly #widths = new Map<string, number>()
  #count = 0
  /** Where the next line begins, points from the top. */
  y: number = page.top

  static async open(paper: Paper): Promise<PdfPages> {
    return new PdfPages(paper, await fontFiles())
  }

  private constructor(paper: Paper, fonts: Readonly<Record<Face, Uint8Array>>) {
    this.pdf = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      autoFirstPage: false,
      tagged: true,
      displayTitle: true,
      pdfVersion: '1.7',
      lang: paper.language === 'vi' ? 'vi-VN' : 'en-GB',
      info: {
        Title: paper.title,
        Author: paper.head.issuer,
        Producer: 'Hải Đăng',
        Creator: 'Hải Đăng',
        CreationDate: dateOf(paper.madeAt),
      },
    })
    this.#marks = paper.marks
    for (const [face, bytes] of Object.entries(fonts)) {
      this.pdf.registerFont(face, Buffer.from(bytes))
    }
    this.#root = this.pdf.struct('Document')
    this.pdf.addStructure(this.#root)
    this.newPage()
  }

  /** Begins an element under another, or at the top level. */
  element(tag: string, under: Element = this.#root): Element {
    const made = this.pdf.struct(tag)
    under.add(made)
    return made
  }

  /** Sees to it that so many points are left on this page. */
  need(height: number): void {
    if (this.y + height > page.height - page.bottom) this.newPage()
  }

  /** Points left on this page. */
  get left(): number {
    return page.height - page.bottom - this.y
  }

  newPage(): void {
    this.#count += 1
    refuseAbove('pages', this.#count)
    this.pdf.addPage()
    this.#drawMarks()
    this.y = page.top
  }

  /** Width of a text in points. */
  widthOf(text: string, { face, size }: Style): number {
    const key = `${face} ${text}`
    let unit = this.#widths.get(key)
    if (unit === undefined) {
      unit = this.pdf.font(face, 1000).widthOfString(text) / 1000
      if (text.length <= 40) this.#widths.set(key, unit)
    }
    return unit * size
  }

  /** Points from one line to the next. */
  leading({ size }: Style): number {
    return size * paragraph.leading
  }

  /** Lines of a text in a column so wide. */
  linesOf(text: string, width: number, style: Style) {
    return textLines(text, width, (one) => this.widthOf(one, style), style.indent ?? 0)
  }

  /** Writes a text from here downwards, over as many pages as it takes. */
  flow(element: Element, text: string, x: number, width: number, style: Style): void {
    const leading = this.leading(style)
    for (const [n, line] of this.linesOf(text, width, style).entries()) {
      this.need(leading)
      const indent = n === 0 ? (style.indent ?? 0) : 0
      const stretched = style.align === 'justify' && !line.isLast
      this.line(element, line.text, x + indent, this.y, width - indent, {
        ...style,
        align: style.align === 'justify' && !stretched ? 'left' : (style.align ?? 'left'),
      })
      this.y += leading
    }
  }

  /** Writes one line; it is not broken. */
  line(
    element: Element,
    text: string,
    x: number,
    y: number,
    width: number,
    style: Style,
    colour = '#000000',
  ): void {
    if (text === '') return
    const content = this.pdf.markStructureContent('Span')
    this.#write(text, x, y, width, style, colour)
    this.pdf.endMarkedContent()
    element.add(content)
  }

  /** Draws what is no content: rules, frames, marks. */
  artefact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.pdf.markContent('Artifact', { type })
    draw()
    this.pdf.endMarkedContent()
  }

  /** Ends the structure and answers the bytes. */
  async close(): Promise<Uint8Array> {
    this.#root.end()
    const chunks: Uint8Array[] = []
    this.pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    const ended = new Promise<void>((resolve, reject) => {
      this.pdf.on('end', resolve)
      this.pdf.on('error', reject)
    })
    this.pdf.end()
    await ended
    return Buffer.concat(chunks)
  }

  #write(text: string, x: number, y: number, width: number, style: Style, colour: string): void {
    const words = text.split(' ')
    const gaps = words.length - 1
    const space = gaps > 0 ? gaps * this.widthOf(' ', style) : 0
    const wide = words.reduce((sum, word) => sum + this.widthOf(word, style), space)
    const free = Math.max(0, width - wide)
    const options: PDFKit.Mixins.TextOptions = { lineBreak: false }
    if (style.align === 'justify' && gaps > 0) options.wordSpacing = free / gaps
    const at = style.align === 'center' ? x + free / 2 : x
    this.pdf.font(style.face, style.size).fillColor(colour).text(text, at, y, options)
  }

  #drawMarks(): void {
    const { watermark, banner, label } = this.#marks
    this.artefact(() => {
      if (watermark !== '') this.#drawWatermark(watermark)
      const above = page.top / 2 - size.mark / 2 - 4
      const below = page.height - page.bottom / 2 - size.mark / 2 - 4
      if (banner !== '') this.#drawBanner(banner, above)
      if (label) for (const y of [above, below]) this.#drawLabel(label, y)
      const style: Style = { face: 'regular', size: size.pageNumber, align: 'center' }
      if (this.#count > 1) {
        this.#write(String(this.#count), page.left, above + 2, this.#width, style, '#000000')
      }
    }, 'Pagination')
  }

  get #width(): number {
    return page.width - page.left - page.right
  }

  #drawWatermark(text: string): void {
    const style: Style = { face: 'bold', size: size.watermark }
    const most = page.height * 0.75
    const wide = this.widthOf(text, style)
    const fitting = { ...style, size: Math.min(style.size, (style.size * most) / wide) }
    const width = this.widthOf(text, fitting)
    this.pdf.save()
    this.pdf.rotate(-52, { origin: [page.width / 2, page.height / 2] })
    const x = page.width / 2 - width / 2
    this.#write(text, x, page.height / 2 - fitting.size / 2, width, fitting, '#e4e4e4')
    this.pdf.restore()
  }

  #drawBanner(text: string, y: number): void {
    const style: Style = { face: 'bold', size: size.mark }
    const width = this.widthOf(text, style) + 12
    this.pdf
      .lineWidth(1)
      .rect(page.left, y, width, size.mark + 8)
      .stroke('#000000')
    this.#write(text, page.left + 6, y + 4, width, style, '#000000')
  }

  #drawLabel({ text, colour }: NonNullable<PaperMarks['label']>, y: number): void {
    const style: Style = { face: 'bold', size: size.mark }
    const width = this.widthOf(text, style) + 12
    const x = page.width - page.right - width
    this.pdf.rect(x, y, width, size.mark + 8).fill('#000000')
    this.#write(text, x + 6, y + 4, width, style, colour)
  }
}
