import { type Parsed, parsed, unreadable } from './parsed.ts'

/** A line of BIND's query log: who asked for what. */
export interface BindQuery {
  /** As written, `dd-Mon-yyyy hh:mm:ss.mmm`; undefined where syslog wrote the time. */
  readonly time: string | undefined
  readonly client: string
  readonly port: number
  readonly name: string
  readonly type: string
  /** The address that was asked. */
  readonly server: string | undefined
}

// BIND 9 (lib/ns/query.c, log_query): client [@object] address#port [(name)]: [view v:] query: name class type flags [(server)]
const line =
  /^(?:(?<time>\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}\.\d{3}) )?(?:queries: )?(?:info: )?client (?:@0x[\da-f]{1,16} )?(?<client>[\dA-Fa-f.:%]{2,64})#(?<port>\d{1,5})(?: \([^)]{0,1024}\))?: (?:view [^:]{1,128}: )?query: (?<name>\S{1,1024}) \w{1,16} (?<type>\w{1,16})(?: [-+]\S{0,64})?(?: \((?<server>[\dA-Fa-f.:%]{2,64})\))?/

/** True of a line of BIND's query log. */
export function looksLikeBindQuery(text: string): boolean {
  return text.includes('query: ') && line.test(text)
}

/** Reads one line of BIND's query log. Reason: `bind.no-query`. */
export function parseBindQuery(text: string): Parsed<BindQuery> {
  const { time, client = '', port, name = '', type = '', server } = line.exec(text)?.groups ?? {}
  if (name === '') return unreadable('bind.no-query', 'no line of the query log')
  return parsed({ time, client, port: Number(port), name, type, server })
}
