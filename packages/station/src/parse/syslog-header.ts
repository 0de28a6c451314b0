import type { ReadTime } from './instant.ts'

/** Parameters of RFC 5424 structured data, by SD-ID. */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a syslog header says, in either format, and the rest as message. */
export interface SyslogFields {
  readonly facility: number | undefined
  /** 0 emergency … 7 debug (RFC 5424 section 6.2.1). */
  readonly severity: number | undefined
  readonly time: ReadTime | undefined
  readonly host: string | undefined
  readonly program: string | undefined
  readonly pid: string | undefined
  readonly messageId: string | undefined
  readonly structured: StructuredData
  readonly message: string
  readonly wire: 'rfc5424' | 'rfc3164' | 'none'
}

const facilities = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
]

/** Name of a facility number (RFC 5424 table 1), as syslog daemons write it. */
export function facilityName(facility: number): string {
  return facilities[facility] ?? `facility${facility}`
}

export interface Priority {
  readonly facility: number
  readonly severity: number
  /** Position after the closing bracket. */
  readonly end: number
}

/** Reads `<PRI>`, 0 to 191 (RFC 5424 section 6.2.1). */
export function readPriority(text: string): Priority | undefined {
  const found = /^<(\d{1,3})>/.exec(text)
  const value = Number(found?.[1])
  if (!found || value > 191) return undefined
  return { facility: value >> 3, severity: value & 7, end: found[0].length }
}

/** A line that has no header: all of it is the message. */
export function withoutHeader(message: string): SyslogFields {
  return {
    facility: undefined,
    severity: undefined,
    time: undefined,
    host: undefined,
    program: undefined,
    pid: undefined,
    messageId: undefined,
    structured: {},
    message,
    wire: 'none',
  }
}
