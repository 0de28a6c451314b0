import { type Parsed, parsed, unreadable } from './parsed.ts'

/** One line of MariaDB's server_audit. */
export interface MariadbAudit {
  /** `yyyymmdd hh:mm:ss`; absent in syslog. */
  readonly time: string | undefined
  readonly server: string
  readonly user: string
  readonly host: string
  readonly connection: string
  readonly query: string
  readonly operation: string
  readonly database: string
  readonly object: string
  readonly code: string | undefined
}

const operations = 'CONNECT|DISCONNECT|FAILED_CONNECT|QUERY|READ|WRITE|CREATE|ALTER|RENAME|DROP'
// Found in few lines, and quicker than the head, which begins with anything.
const marks = new RegExp(`,\\d{1,20},\\d{1,20},(?:${operations}),`)
const longestHead = 1024
const head = new RegExp(
  `^(?:(?<time>\\d{8} {1,2}\\d{1,2}:\\d{2}:\\d{2}),)?(?<server>[^,]{1,255}),(?<user>[^,]{0,128}),(?<host>[^,]{0,255}),(?<connection>\\d{1,20}),(?<query>\\d{1,20}),(?<operation>${operations}),(?<database>[^,]{0,128}),`,
)

/** True of a line of server_audit, in a file or behind a syslog header. */
export function looksLikeMariadbAudit(text: string): boolean {
  return marks.test(text.slice(0, longestHead)) && head.test(text)
}

/**
 * Reads a line of server_audit; the statement stands between apostrophes, the code after it.
 * Reason: `mariadb-audit.no-header`.
 */
export function parseMariadbAudit(text: string): Parsed<MariadbAudit> {
  const found = head.exec(text)
  if (!found?.groups)
    return unreadable('mariadb-audit.no-header', 'no time, server, user, host, ids and operation')
  const { time, server = '', user = '', host = '', connection = '', query = '' } = found.groups
  const { operation = '', database = '' } = found.groups
  const rest = text.slice(found[0].length)
  const comma = rest.lastIndexOf(',')
  const code = /^-?\d{1,6}$/.exec(rest.slice(comma + 1))?.[0]
  const object = code === undefined ? rest.replace(/,$/, '') : rest.slice(0, Math.max(comma, 0))
  return parsed({
    time,
    server,
    user,
    host,
    connection,
    query,
    operation,
    database,
    code,
    object: object.startsWith("'") ? object.replace(/^'|'$/g, '').replaceAll("\\'", "'") : object,
  })
}
