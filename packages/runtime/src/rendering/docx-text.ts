import {
  AlignmentType,
  BorderStyle,
  type IRunOptions,
  Paragraph,
  TextRun,
  UnderlineType,
} from 'docx'

/** The letters named in files for editing: the ones offices have, with the same widths as ours. */
export const officeFont = 'Times New Roman'

/** How a paragraph looks; sizes in points. */
export interface Look {
  readonly size: number
  readonly bold?: boolean
  readonly italics?: boolean
  readonly align?: 'left' | 'center' | 'justify'
  /** Of the first line, in points. */
  readonly indent?: number
  /** Space after it, in points. */
  readonly after?: number
  readonly before?: number
  readonly keepNext?: boolean
}

/** Twentieths of a point, as the format counts. */
export function twips(points: number): number {
  return Math.round(points * 20)
}

/** How letters look. */
interface Letters extends Pick<Look, 'size' | 'bold' | 'italics'> {
  readonly underlined?: boolean
  readonly framed?: boolean
}

/** A text with its line breaks, as runs. */
export function runs(text: string, look: Letters): TextRun[] {
  const options: IRunOptions = {
    size: look.size * 2,
    bold: look.bold ?? false,
    italics: look.italics ?? false,
    ...(look.underlined && { underline: { type: UnderlineType.SINGLE } }),
    ...(look.framed && { border: frame }),
  }
  return text
    .split('\n')
    .map((line, n) => new TextRun({ ...options, text: line, ...(n > 0 && { break: 1 }) }))
}

/** One paragraph. */
export function paragraphOf(text: string, look: Look): Paragraph {
  return new Paragraph({
    children: runs(text, look),
    alignment: alignments[look.align ?? 'left'],
    spacing: { after: twips(look.after ?? 0), before: twips(look.before ?? 0) },
    keepNext: look.keepNext ?? false,
    ...(look.indent !== undefined && { indent: { firstLine: twips(look.indent) } }),
  })
}

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  justify: AlignmentType.BOTH,
} as const

/** A line around letters. */
export const frame = { style: BorderStyle.SINGLE, size: 8, space: 1, color: '000000' } as const

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
/** A table that only places things. */
export const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
} as const
