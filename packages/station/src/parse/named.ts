import type { ReadTime } from './instant.ts'
import { readWrittenTime } from './written-time.ts'

/** A line of BIND without the marks its channels may print before the message. */
export interface NamedLine {
  readonly time: ReadTime | undefined
  readonly category: string | undefined
  readonly level: string | undefined
  readonly message: string
}

const ownTime = /^\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}\.\d{3} /
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z? /
const marks =
  /^(?:([a-z][a-z-]{1,31}): )?(?:(critical|error|warning|notice|info|debug \d{1,2}|dynamic): )?/

const asked = /^client (?:@0x[0-9a-f]{1,16} )?[0-9A-Fa-f.:]{2,45}#\d{1,5} \(/

/** True of a line of a file channel of BIND (`print-time yes`), and of what it says of a client. */
export function looksLikeNamed(text: string): boolean {
  if (asked.test(text)) return true
  const found = ownTime.exec(text)
  return found !== null && (marks.exec(text.slice(found[0].length))?.[2] ?? '') !== ''
}

/**
 * Takes time, category and severity off a line of BIND; channels print each of them or not, in this order.
 * https://bind9.readthedocs.io/en/stable/reference.html#logging-block-definition-and-usage
 */
export function parseNamed(text: string, zone: string): NamedLine {
  const [written = ''] = ownTime.exec(text) ?? isoTime.exec(text) ?? []
  const rest = text.slice(written.length)
  const [all = '', category, level] = marks.exec(rest) ?? []
  return {
    time: readWrittenTime(written.trim(), zone),
    category: level === undefined ? undefined : category,
    level,
    message: level === undefined ? rest : rest.slice(all.length),
  }
}
