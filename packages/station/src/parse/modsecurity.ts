import { type Parsed, parsed, unreadable } from './parsed.ts'

/** One message of ModSecurity in the error log of a web server. */
export interface ModSecurityFields {
  /** As the server wrote it. */
  readonly time: string | undefined
  readonly client: string | undefined
  readonly clientPort: string | undefined
  /** What ModSecurity did and why, before its tags. */
  readonly said: string
  /** `[name "value"]`; of a name that stands twice the first counts. */
  readonly tags: Readonly<Record<string, string>>
  /** All values of `[tag "…"]`. */
  readonly labels: readonly string[]
}

const word = 'ModSecurity: '
const longestPrefix = 1024
const mostTags = 128
const tagStart = /\[([a-z_]{1,32}) "/y

/** True of a line that holds a message of ModSecurity with the id of its rule. */
export function looksLikeModSecurity(text: string): boolean {
  const at = text.indexOf(word)
  return at >= 0 && at < longestPrefix && text.includes('[id "', at)
}

/**
 * Reads a message of ModSecurity 2 or 3 in the error log of Apache or nginx
 * (https://github.com/owasp-modsecurity/ModSecurity/wiki/ModSecurity-2-Data-Formats). Reason: `modsecurity.no-message`.
 */
export function parseModSecurity(text: string): Parsed<ModSecurityFields> {
  const at = text.indexOf(word)
  if (at < 0 || at >= longestPrefix) {
    return unreadable('modsecurity.no-message', 'no message of ModSecurity')
  }
  const prefix = text.slice(0, at)
  const body = text.slice(at + word.length)
  const { pairs, first } = readTags(body)
  const client = /\[client (?<ip>[^\]\s]{1,64}?)(?::(?<port>\d{1,5}))?\]/.exec(prefix)?.groups
  return parsed({
    time:
      /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} [^\]]{1,32})\]/.exec(prefix)?.[1] ??
      /^(\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}) /.exec(prefix)?.[1],
    client: client?.['ip'] ?? /, client: ([^,\s]{1,64})/.exec(body.slice(-2048))?.[1],
    clientPort: client?.['port'],
    said: body.slice(0, first).trim(),
    // Reversed, because of equal names the last would count.
    tags: Object.fromEntries(pairs.toReversed()),
    labels: pairs.filter(([name]) => name === 'tag').map(([, value]) => value),
  })
}

function readTags(text: string): { pairs: [string, string][]; first: number } {
  const pairs: [string, string][] = []
  let first = text.length
  let at = text.indexOf('[')
  while (at >= 0 && pairs.length < mostTags) {
    tagStart.lastIndex = at
    const found = tagStart.exec(text)
    if (found?.[1] === undefined) {
      at = text.indexOf('[', at + 1)
      continue
    }
    const start = at + found[0].length
    const end = endOfValue(text, start)
    if (pairs.length === 0) first = at
    pairs.push([found[1], text.slice(start, end).replace(/\\(["\\])/g, '$1')])
    at = text.indexOf('[', end)
  }
  return { pairs, first }
}

/** The quote before the closing bracket: quotes inside a value are not always escaped. */
function endOfValue(text: string, start: number): number {
  const end = text.indexOf('"]', start)
  return end < 0 ? text.length : end
}
