import { instantOf } from '@haidang/contracts/instant'

export interface SyslogRecord {
  readonly time: number
  readonly host: string
  readonly program: string
  readonly pid?: number
  readonly message: string
  /** Facility and severity in one number (RFC 5424 section 6.2.1); auth.info unless given. */
  readonly priority?: number
}

/** Enterprise number for documentation (RFC 5612), so that no real vendor is named. */
const mark = '[haidang@32473 simulated="true"]'

/** A syslog message of RFC 5424, marked as simulated in its structured data. */
export function syslog(record: SyslogRecord): string {
  const { time, host, program, pid, message, priority = 38 } = record
  return `<${priority}>1 ${instantOf(time)} ${host} ${program} ${pid ?? '-'} - ${mark} ${message}`
}
