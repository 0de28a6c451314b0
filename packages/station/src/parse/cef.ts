import { readExtension } from './extension.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** One record of the Common Event Format. */
export interface CefFields {
  readonly vendor: string
  readonly product: string
  readonly version: string
  /** Device event class id: the signature. */
  readonly signature: string
  readonly name: string
  /** 0 to 10, or a word. */
  readonly severity: string
  readonly extension: JsonObject
}

/** True of a text that begins with the header of CEF. */
export function looksLikeCef(text: string): boolean {
  return /^CEF: ?\d{1,2}\|/.test(text)
}

/**
 * Reads `CEF:0|vendor|product|version|signature|name|severity|extension` after the format of ArcSight
 * (https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/cef-implementation-standard/).
 * The word `CEF:` may be missing: a syslog reader takes it for the program. Reason: `cef.no-header`.
 */
export function parseCef(text: string): Parsed<CefFields> {
  const start = /^(?:CEF: ?)?\d{1,2}\|/.exec(text)
  if (!start) return unreadable('cef.no-header', 'the text does not begin with CEF:0|')
  const header = readHeader(text, start[0].length)
  const [vendor = '', product = '', version = '', signature = '', name = '', severity = ''] =
    header.parts
  if (header.parts.length < 6) {
    return unreadable('cef.no-header', `${header.parts.length} of 6 parts of the header`)
  }
  const extension = readExtension(text.slice(header.end))
  return parsed({ vendor, product, version, signature, name, severity, extension })
}

/** Six parts, each ended by a bar that no backslash precedes; the last may end with the text. */
function readHeader(text: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = []
  let from = start
  let at = start
  while (at <= text.length && parts.length < 6) {
    if (at === text.length || text[at] === '|') {
      parts.push(
        text
          .slice(from, at)
          .replace(/\\([\\|])/g, '$1')
          .trim(),
      )
      from = at + 1
    } else if (text[at] === '\\') {
      at++
    }
    at++
  }
  return { parts, end: from }
}
