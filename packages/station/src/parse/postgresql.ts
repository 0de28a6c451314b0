import { readCsv } from './csv.ts'
import { type ReadTime, readIsoTime } from './instant.ts'

/** One entry of PostgreSQL's log, in whichever of its formats. */
export interface PostgresEntry {
  readonly time: ReadTime | undefined
  readonly level: string
  readonly message: string
  readonly pid?: string | undefined
  readonly user?: string | undefined
  readonly database?: string | undefined
  /** `address:port`, or what the prefix says. */
  readonly client?: string | undefined
  readonly state?: string | undefined
  readonly application?: string | undefined
  readonly command?: string | undefined
  readonly statement?: string | undefined
}

const levels = 'LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|STATEMENT|DETAIL|HINT|CONTEXT|DEBUG[1-5]?'
// Other programs write the level where PostgreSQL writes its zone.
const stamp =
  '\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})? (?:(?!(?:INFO|WARN|ERROR|FATAL|DEBUG|TRACE) )[A-Z]{2,5}|[+-]\\d{2}(?::?\\d{2})?)'
// `%m [%p] ` and what Debian and others add before the level: `%q%u@%d `, `%h`.
const stderr = new RegExp(
  `^(?:\\[\\d{1,10}-\\d{1,10}\\] )?(?:(?<time>${stamp}) )?(?:\\[(?<pid>\\d{1,10})(?:-\\d{1,10})?\\]:? ?)?(?<prefix>[^:"]{0,400}?)(?<level>${levels}): {1,2}(?:(?<state>[0-9A-Z]{5}): )?(?<message>[\\s\\S]*)$`,
)
const csv = new RegExp(`^(?<time>${stamp}),(?:"|,)`)
const knownLevel = new RegExp(`^(?:${levels})$`)
const bare = new RegExp(`^${stamp} `)

/** True of a line of a file PostgreSQL writes itself: `log_destination` `stderr` or `csvlog`. */
export function looksLikePostgres(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2} /.test(text)) return false
  return (
    (csv.test(text) && readEntry(text, 'UTC') !== undefined) ||
    (bare.test(text) && stderr.test(text))
  )
}

/**
 * Reads an entry of PostgreSQL's log as text; undefined for what is none.
 * https://www.postgresql.org/docs/current/runtime-config-logging.html
 */
export function parsePostgres(text: string, zone: string): PostgresEntry | undefined {
  if (csv.test(text)) return readEntry(text, zone)
  const { time, pid, prefix = '', level, state, message } = stderr.exec(text)?.groups ?? {}
  if (level === undefined || message === undefined) return undefined
  const who = /(?:^|[ ,=])(?:user=)?(?<user>[\w.-]{1,63})(?:@|,db=)(?<database>[\w.-]{1,63})/.exec(
    prefix,
  )?.groups
  const client = /(?:^|[ ,=])(?<client>\d{1,3}(?:\.\d{1,3}){3})(?:\((?<port>\d{1,5})\))?/.exec(
    prefix,
  )?.groups
  return {
    time: postgresTime(time, zone),
    level,
    message,
    pid,
    state,
    user: who?.['user'],
    database: who?.['database'],
    client: client && [client['client'], client['port']].filter(Boolean).join(':'),
  }
}

/** The columns of csvlog, in the order of all versions since 9.0; newer ones add at the end. */
function readEntry(text: string, zone: string): PostgresEntry | undefined {
  const cells = readCsv(text)
  const cell = (at: number) => cells[at] || undefined
  const level = cell(11)
  if (cells.length < 23 || level === undefined || !knownLevel.test(level)) return undefined
  return {
    time: postgresTime(cell(0), zone),
    level,
    message: cell(13) ?? '',
    pid: cell(3),
    user: cell(1),
    database: cell(2),
    client: cell(4),
    state: cell(12),
    application: cell(22),
    command: cell(7),
    statement: cell(19),
  }
}

/** `2026-11-22 10:00:00.123 +07`; of names of zones only those of UTC say what they mean. */
export function postgresTime(text: string | undefined, zone: string): ReadTime | undefined {
  const found = /^(?<civil>.{19,26}) (?:(?<utc>UTC|GMT)|[A-Z]{2,5})$/.exec(text ?? '')?.groups
  if (text === undefined || found?.['civil'] === undefined) return readIsoTime(text ?? '', zone)
  const time = readIsoTime(found['civil'], found['utc'] === undefined ? zone : 'UTC')
  return time && { at: time.at, original: text }
}
