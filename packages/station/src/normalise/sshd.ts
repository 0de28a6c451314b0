import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Draft, present, type Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { deviceOf, normaliseSyslog, numberOf, severityOfSyslog, syslogRecord } from './syslog.ts'

/** What one kind of message of OpenSSH means. */
interface Reading {
  readonly pattern: RegExp
  /** OCSF Authentication (3002): 1 logon, 2 logoff. */
  readonly activity: number
  readonly status: 'success' | 'failure' | undefined
  readonly severity: number
}

// Names are bounded and taken lazily up to a fixed word, so that no message takes more than linear time.
const from =
  '(?: from (?<ip>[\\w.:%-]{1,255}))?(?: port (?<port>\\d{1,5}))?(?: ssh2)?(?:: (?<detail>.{0,500}))?(?: \\[preauth\\])?$'
const readings: readonly Reading[] = [
  {
    pattern: new RegExp(`^Accepted (?<method>[\\w/-]{1,64}) for (?<user>[^ ]{1,256})${from}`),
    activity: 1,
    status: 'success',
    severity: 1,
  },
  {
    pattern: new RegExp(
      `^Failed (?<method>[\\w/-]{1,64}) for (?<invalid>invalid user )?(?<user>.{0,256}?)${from}`,
    ),
    activity: 1,
    status: 'failure',
    severity: 2,
  },
  {
    pattern: new RegExp(`^(?<invalid>Invalid user )(?<user>.{0,256}?)${from}`),
    activity: 1,
    status: 'failure',
    severity: 2,
  },
  {
    pattern:
      /^(?:error: )?maximum authentication attempts exceeded for (?<invalid>invalid user )?(?<user>.{0,256}?) from (?<ip>[\w.:%-]{1,255}) port (?<port>\d{1,5})/,
    activity: 1,
    status: 'failure',
    severity: 3,
  },
  {
    pattern:
      /^(?:error: )?PAM: (?<detail>Authentication failure|User not known to the underlying authentication module) for (?<user>.{0,256}?) from (?<ip>[\w.:%-]{1,255})/,
    activity: 1,
    status: 'failure',
    severity: 2,
  },
  {
    pattern:
      /^pam_unix\(sshd:auth\): authentication failure;.{0,300}? rhost=(?<ip>[^ ]{0,255})(?: {1,2}user=(?<user>[^ ]{1,256}))?/,
    activity: 1,
    status: 'failure',
    severity: 2,
  },
  {
    pattern: /^pam_unix\(sshd:session\): session opened for user (?<user>[^ (]{1,256})/,
    activity: 1,
    status: 'success',
    severity: 1,
  },
  {
    pattern: /^pam_unix\(sshd:session\): session closed for user (?<user>[^ ]{1,256})/,
    activity: 2,
    status: 'success',
    severity: 1,
  },
  {
    pattern:
      /^User (?<user>[^ ]{1,256}) from (?<ip>[\w.:%-]{1,255}) not allowed because (?<detail>.{0,300})$/,
    activity: 1,
    status: 'failure',
    severity: 2,
  },
  {
    pattern:
      /^(?:Disconnected|Connection (?:closed|reset)) (?:from|by) (?:(?:authenticating|(?<invalid>invalid)) )?(?:user (?<user>[^ ]{0,256}) )?(?<ip>[\w.:%-]{1,255}) port (?<port>\d{1,5})/,
    activity: 2,
    status: undefined,
    severity: 1,
  },
  {
    pattern:
      /^Received disconnect from (?<ip>[\w.:%-]{1,255})(?: port (?<port>\d{1,5}))?:(?<detail>.{0,300})$/,
    activity: 2,
    status: undefined,
    severity: 1,
  },
]

/** OpenSSH server messages: Authentication (OCSF 3002); others keep the form of a syslog record. */
export function normaliseSshd(fields: SyslogFields): Read {
  for (const reading of readings) {
    const found = reading.pattern.exec(fields.message)
    if (found)
      return { draft: draftOf(fields, reading, found.groups ?? {}), record: syslogRecord(fields) }
  }
  const read = normaliseSyslog(fields)
  return {
    ...read,
    draft: { ...read.draft, product: 'OpenSSH', logsource: { product: 'linux', service: 'sshd' } },
  }
}

type Groups = Readonly<Record<string, string | undefined>>

function draftOf(fields: SyslogFields, reading: Reading, groups: Groups): Draft {
  const { user, method, invalid, detail, ip, port } = groups
  return {
    class: 'authentication',
    activity: reading.activity,
    severity: Math.max(reading.severity, severityOfSyslog(fields.severity) > 3 ? 3 : 1),
    message: fields.message,
    product: 'OpenSSH',
    vendor: 'OpenBSD',
    log_name: 'sshd',
    logsource: { product: 'linux', service: 'sshd' },
    time: fields.time?.at,
    original_time: fields.time?.original,
    status: reading.status,
    status_detail: invalid ? 'invalid user' : detail?.trim() || undefined,
    src_endpoint: ip ? endpointOf(ip, port) : undefined,
    device: deviceOf(fields),
    user: user ? { name: user } : undefined,
    process: present({ name: fields.program, pid: numberOf(fields.pid) }),
    auth_protocol: method,
    logon_type: 'remote',
    unmapped: {},
  }
}
