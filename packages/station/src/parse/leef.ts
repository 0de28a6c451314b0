import { readExtension } from './extension.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** One record of IBM's Log Event Extended Format. */
export interface LeefFields {
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly eventId: string
  readonly attributes: JsonObject
}

const header =
  /^(?:LEEF: ?)?(?<leef>[12]\.0)\|(?<vendor>[^|]{0,256})\|(?<product>[^|]{0,256})\|(?<version>[^|]{0,256})\|(?<id>[^|]{0,1024})\|/
const delimiterPart = /^(?:(?:0?x|\\x)(?<code>[0-9A-Fa-f]{2,4})|(?<character>[^|=\s]?))\|/u
const mostPairs = 512

/** True of a text that begins with the header of LEEF. */
export function looksLikeLeef(text: string): boolean {
  return /^LEEF: ?[12]\.0\|/.test(text)
}

/**
 * Reads LEEF 1.0 and 2.0 (https://www.ibm.com/docs/en/dsm?topic=leef-overview): attributes apart by tabs,
 * in 2.0 by the character the header names, itself or in hexadecimal. Tabs that a relay wrote as `#011` or
 * turned into spaces are understood. The word `LEEF:` may be missing: a syslog reader takes it for the
 * program. Reason: `leef.no-header`.
 */
export function parseLeef(text: string): Parsed<LeefFields> {
  const found = header.exec(text)
  if (!found?.groups) return unreadable('leef.no-header', 'the text does not begin with LEEF:1.0|')
  const { leef, vendor = '', product = '', version = '', id = '' } = found.groups
  const body = text.slice(found[0].length)
  const named = leef === '2.0' ? delimiterPart.exec(body) : null
  const delimiter = delimiterOf(named)
  const attributes = readAttributes(body.slice(named?.[0].length ?? 0), delimiter)
  return parsed({ vendor, product, version, eventId: id, attributes })
}

function delimiterOf(named: RegExpExecArray | null): string {
  const { code, character } = named?.groups ?? {}
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
  return character || '\t'
}

function readAttributes(body: string, delimiter: string): JsonObject {
  const text = delimiter === '\t' ? body.replaceAll('#011', '\t') : body
  if (!text.includes(delimiter)) return readExtension(text)
  const pairs = text.split(delimiter, mostPairs).flatMap((part): [string, string][] => {
    const equals = part.indexOf('=')
    return equals > 0 ? [[part.slice(0, equals).trim(), part.slice(equals + 1).trim()]] : []
  })
  return Object.fromEntries(pairs)
}
