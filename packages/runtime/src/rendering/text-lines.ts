/** A line of a broken text; `isLast` ends a passage, which is not stretched. */
export interface TextLine {
  readonly text: string
  readonly isLast: boolean
}

type WidthOf = (text: string) => number

/**
 * Breaks a text into lines no wider than `width`: at its own line breaks, at spaces, and inside words that are wider
 * than a line. `first` is how much narrower the first line is.
 */
export function textLines(text: string, width: number, widthOf: WidthOf, first = 0): TextLine[] {
  const lines: TextLine[] = []
  for (const passage of text.split('\n')) {
    const broken = passageLines(passage, width, widthOf, lines.length === 0 ? first : 0)
    for (const [n, line] of broken.entries()) {
      lines.push({ text: line, isLast: n === broken.length - 1 })
    }
  }
  return lines
}

function passageLines(passage: string, width: number, widthOf: WidthOf, first: number): string[] {
  const lines: string[] = []
  const space = widthOf(' ')
  const room = () => width - (lines.length === 0 ? first : 0)
  let line = ''
  let used = 0
  const words = passage.split(/ +/).filter((one) => one !== '')
  for (const word of words.flatMap((one) => piecesOf(one, width - first, widthOf))) {
    const wide = widthOf(word)
    if (line !== '' && used + space + wide > room()) {
      lines.push(line)
      line = ''
      used = 0
    }
    used += wide + (line === '' ? 0 : space)
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** A word, cut where it is wider than a line. */
function piecesOf(word: string, width: number, widthOf: WidthOf): string[] {
  if (widthOf(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const sign of word) {
    const wide = widthOf(sign)
    if (piece !== '' && used + wide > width) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += sign
    used += wide
  }
  return [...pieces, piece]
}
