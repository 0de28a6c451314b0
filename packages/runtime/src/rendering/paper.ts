import { Problem } from '../problem.ts'

/**
 * A paper as an office lays it out, before it is a file of any format. Every text is text: nothing in it is read as
 * markup; a line break begins a new line.
 */
export interface Paper {
  readonly language: 'vi' | 'en'
  /** What readers call the file. */
  readonly title: string
  /** When its content was put together, milliseconds since the epoch. */
  readonly madeAt: number
  readonly head: PaperHead
  /** Kind of paper in capitals, and what it is about. */
  readonly name: string
  readonly subject: string
  readonly blocks: readonly PaperBlock[]
  /** Who gets it, at the left of the signature; no lines: nobody is named. */
  readonly recipients: PaperColumn
  readonly signature: PaperSignature
  readonly marks: PaperMarks
  /** Where a reader checks it; null: there is nothing to check yet. */
  readonly check: PaperCheck | null
}

/** The two columns at the top of the first page. */
export interface PaperHead {
  /** The body above the issuer; empty: none is named. */
  readonly superior: string
  readonly issuer: string
  readonly symbol: string
  readonly nation: string
  readonly motto: string
  readonly placeAndDate: string
  /** A word in a frame under the symbol; empty: none. */
  readonly urgency: string
}

export interface PaperColumn {
  readonly title: string
  readonly lines: readonly string[]
}

export interface PaperSignature {
  /** Authority and position, in capitals. */
  readonly lines: readonly string[]
  /** In brackets where a hand would sign; empty: nothing. */
  readonly note: string
  readonly name: string
}

/** What stands on every page. */
export interface PaperMarks {
  /** Large and pale across the page; empty: nothing. */
  readonly watermark: string
  /** In a frame at the top left; empty: nothing. */
  readonly banner: string
  /** A classification in coloured letters on black, in header and footer; null: none. */
  readonly label: { readonly text: string; readonly colour: string } | null
}

export interface PaperCheck {
  /** What the QR code says. */
  readonly url: string
  readonly lines: readonly string[]
}

export type PaperBlock =
  | { readonly kind: 'heading'; readonly text: string }
  /** `basis` is slanted, as grounds are. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly style: 'plain' | 'basis' }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      /** Shares of the width, one a column. */
      readonly widths: readonly number[]
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

/** How much a paper may hold; what has more is refused, not cut. */
export const paperLimits = { characters: 600_000, blocks: 2_000, rows: 5_000, pages: 400 } as const

/**
 * A paper whose texts are composed (NFC), without characters that no page shows or that turn what is read.
 * Throws Problem document.too-large.
 */
export function settled(paper: Paper): Paper {
  let characters = 0
  const made = mapTexts(paper, (text) => {
    characters += text.length
    return text.normalize().replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(unseen, '')
  }) as Paper
  const rows = made.blocks.reduce((sum, block) => sum + rowsOf(block), 0)
  refuseAbove('characters', characters)
  refuseAbove('blocks', made.blocks.length)
  refuseAbove('rows', rows)
  return made
}

/** Throws Problem document.too-large where there are more of these than a paper may have. */
export function refuseAbove(what: keyof typeof paperLimits, count: number): void {
  const most = paperLimits[what]
  if (count > most) throw new Problem('document.too-large', `${what}: ${count}, at most ${most}`)
}

const unseen =
  /(?!\n)[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]/gu

function rowsOf(block: PaperBlock): number {
  if (block.kind === 'table') return block.rows.length
  return block.kind === 'list' ? block.items.length : 0
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]),
  )
}
