import type { Logsource } from '@haidang/contracts/event'
import { facilityName, type SyslogFields } from '../parse/syslog-header.ts'
import { addressOf, present, type Read } from './draft.ts'

/** OCSF severities of syslog severities 0 (emergency) to 7 (debug). */
const severities = [6, 5, 5, 4, 3, 2, 1, 1]

/** OCSF severity of a syslog severity. */
export function severityOfSyslog(severity: number | undefined): number {
  return severity === undefined ? 1 : (severities[severity] ?? 1)
}

/** Sigma services of Linux by the program that writes them. */
const services: ReadonlyMap<string, string> = new Map([
  ['sshd', 'sshd'],
  ['sudo', 'sudo'],
  ['cron', 'cron'],
  ['crond', 'cron'],
  ['crontab', 'cron'],
  ['anacron', 'cron'],
  ['clamd', 'clamav'],
  ['freshclam', 'clamav'],
  ['auditd', 'auditd'],
  ['audispd', 'auditd'],
  ['vsftpd', 'vsftpd'],
  ['named', 'named'],
  ['guacd', 'guacamole'],
  ['guacamole', 'guacamole'],
  ['nginx', 'nginx'],
  ['apache2', 'apache'],
  ['httpd', 'apache'],
  ['su', 'auth'],
  ['su-l', 'auth'],
  ['login', 'auth'],
  ['systemd-logind', 'auth'],
  ['pkexec', 'auth'],
  ['polkitd', 'auth'],
  ['passwd', 'auth'],
  ['useradd', 'auth'],
  ['usermod', 'auth'],
  ['userdel', 'auth'],
  ['groupadd', 'auth'],
  ['groupmod', 'auth'],
  ['groupdel', 'auth'],
  ['gpasswd', 'auth'],
  ['chpasswd', 'auth'],
  ['chage', 'auth'],
])

/** A syslog record no product's normaliser knows: who wrote it, and the message as it is. */
export function normaliseSyslog(fields: SyslogFields): Read {
  const { program, pid, message, messageId, structured } = fields
  return {
    draft: {
      class: 'base_event',
      activity: 99,
      severity: severityOfSyslog(fields.severity),
      message: message.trim() || '(empty)',
      product: program?.startsWith('%') ? 'Cisco' : (program ?? 'syslog'),
      log_name: fields.facility === undefined ? undefined : facilityName(fields.facility),
      event_code: messageId ?? mnemonicOf(program),
      logsource: logsourceOf(fields),
      time: fields.time?.at,
      original_time: fields.time?.original,
      device: deviceOf(fields),
      process: program?.startsWith('%')
        ? undefined
        : present({ name: program, pid: numberOf(pid) }),
      unmapped: {
        ...(fields.severity !== undefined && { syslog_severity: fields.severity }),
        ...(Object.keys(structured).length > 0 && { structured_data: structured }),
      },
    },
    record: syslogRecord(fields),
  }
}

/** The record under the names Sigma's keyword and field rules use. */
export function syslogRecord(fields: SyslogFields): Record<string, unknown> {
  const { program, pid, message, host, facility, severity, structured } = fields
  return {
    message,
    ...(program && { program }),
    ...(pid && { pid }),
    ...(host && { hostname: host }),
    ...(facility !== undefined && { facility: facilityName(facility) }),
    ...(severity !== undefined && { severity }),
    ...(Object.keys(structured).length > 0 && { structured_data: structured }),
  }
}

export function deviceOf({ host }: SyslogFields) {
  if (!host) return undefined
  const ip = addressOf(host)
  return ip ? { ip } : { hostname: host }
}

/** Puts what the syslog header knows under a draft made from its message. */
export function fromEnvelope(read: Read, fields: SyslogFields): Read {
  const { draft, record } = read
  return {
    draft: {
      ...draft,
      time: draft.time ?? fields.time?.at,
      original_time: draft.time === undefined ? fields.time?.original : draft.original_time,
      device: draft.device ?? deviceOf(fields),
    },
    record,
  }
}

function logsourceOf({ program, facility }: SyslogFields): Logsource {
  if (!program || program.startsWith('%')) {
    return program ? { product: 'cisco', service: ciscoService(program) } : {}
  }
  const service = services.get(program.toLowerCase())
  if (service) return { product: 'linux', service }
  if (facility === 4 || facility === 10) return { product: 'linux', service: 'auth' }
  return { product: 'linux', service: 'syslog' }
}

/** Sigma services of Cisco by the facility of a message: `%AAA-5-USER_LOGGED` belongs to `aaa`. */
const ciscoServices: ReadonlyMap<string, string> = new Map([
  ['AAA', 'aaa'],
  // Commands as they were typed, where the archive logs them.
  ['PARSER', 'aaa'],
  ['BGP', 'bgp'],
  // Where a neighbour's MD5 digest is wrong, TCP says so.
  ['TCP', 'bgp'],
  ['LDP', 'ldp'],
])

function ciscoService(program: string): string {
  const [facility = ''] = program.slice(1).split('-', 1)
  return ciscoServices.get(facility.toUpperCase()) ?? 'syslog'
}

function mnemonicOf(program: string | undefined): string | undefined {
  return program?.startsWith('%') ? program.slice(1) : undefined
}

export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
}
