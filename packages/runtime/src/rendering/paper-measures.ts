/** Points of a millimetre. */
const mm = 72 / 25.4

/**
 * The layout of administrative papers (Annex I of Decree 30/2020/ND-CP, part I), in points: A4; margins 20–25 mm above
 * and below, 30–35 mm at the left, 15–20 mm at the right.
 */
export const page = {
  width: 595.28,
  height: 841.89,
  top: 20 * mm,
  bottom: 20 * mm,
  left: 30 * mm,
  right: 15 * mm,
} as const

export const textWidth = page.width - page.left - page.right

/** Share of the text width the left column of head and foot takes. */
export const leftShare = 0.42

/** Sizes of letters, in points, by the same annex. */
export const size = {
  nation: 13,
  motto: 13,
  issuer: 13,
  symbol: 13,
  place: 13,
  name: 14,
  body: 13,
  recipientsTitle: 12,
  recipients: 11,
  pageNumber: 13,
  table: 11,
  check: 9,
  mark: 12,
  watermark: 96,
} as const

/** Indent of the first line of a paragraph, and space after it. */
export const paragraph = { indent: 12.7 * mm, after: 6, leading: 1.25 } as const

/** Side of the QR code. */
export const qrSide = 24 * mm
