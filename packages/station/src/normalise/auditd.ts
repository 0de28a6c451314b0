import type { Logsource } from '@haidang/contracts/event'
import type { JsonObject } from '../parse/json.ts'
import { addressOf, baseName, type Draft, present, type Read } from './draft.ts'
import { Fields } from './fields.ts'

type About = Pick<Draft, 'class' | 'activity' | 'severity'>

const started: About = { class: 'process_activity', activity: 1, severity: 1 }

/**
 * What record types mean in OCSF; the others are base events.
 * https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Types
 */
const abouts: ReadonlyMap<string, About> = new Map([
  ['EXECVE', started],
  ['USER_CMD', started],
  ...kinds('process_activity', 99, 'CWD PROCTITLE TTY USER_TTY OBJ_PID ANOM_ROOT_TRANS'),
  ...kinds('kernel_activity', 4, 'SYSCALL SECCOMP MMAP IPC URINGOP'),
  ...kinds('kernel_activity', 4, 'AVC USER_AVC SELINUX_ERR', 2),
  ...kinds('kernel_extension_activity', 1, 'KERN_MODULE BPF'),
  ...kinds('file_activity', 99, 'PATH FD_PAIR FANOTIFY'),
  ...kinds('network_activity', 99, 'SOCKADDR SOCKETCALL'),
  // Of the records a sign-in leaves, the one that says how it ended.
  ...kinds('authentication', 1, 'USER_LOGIN'),
  ...kinds('authentication', 2, 'USER_LOGOUT'),
  ...kinds(
    'authentication',
    99,
    'USER_AUTH USER_ACCT USER_START USER_END USER_ERR USER_ROLE_CHANGE',
  ),
  ...kinds('authentication', 99, 'CRED_ACQ CRED_DISP CRED_REFR LOGIN'),
  ...kinds('ssh_activity', 99, 'CRYPTO_SESSION CRYPTO_KEY_USER'),
  ...kinds('account_change', 1, 'ADD_USER', 2),
  ...kinds('account_change', 6, 'DEL_USER', 2),
  ...kinds('account_change', 3, 'USER_CHAUTHTOK', 2),
  ...kinds('account_change', 99, 'USER_MGMT ACCT_LOCK ACCT_UNLOCK CHUSER_ID CHGRP_ID', 2),
  ...kinds('group_management', 6, 'ADD_GROUP', 2),
  ...kinds('group_management', 5, 'DEL_GROUP', 2),
  ...kinds('group_management', 99, 'GRP_MGMT GRP_CHAUTHTOK GRP_AUTH', 2),
  ...kinds('application_lifecycle', 3, 'SERVICE_START SYSTEM_BOOT'),
  ...kinds('application_lifecycle', 4, 'SERVICE_STOP SYSTEM_SHUTDOWN'),
  ...kinds(
    'application_lifecycle',
    99,
    'SYSTEM_RUNLEVEL SOFTWARE_UPDATE VIRT_CONTROL VIRT_RESOURCE',
  ),
  ...kinds('event_log_activity', 6, 'DAEMON_START DAEMON_RESUME'),
  ...kinds('event_log_activity', 7, 'DAEMON_END'),
  ...kinds('event_log_activity', 99, 'DAEMON_CONFIG DAEMON_ROTATE DAEMON_ACCEPT DAEMON_CLOSE'),
  ...kinds('event_log_activity', 99, 'DAEMON_ABORT DAEMON_ERR', 3),
  ...kinds('device_config_state_change', 1, 'CONFIG_CHANGE FEATURE_CHANGE NETFILTER_CFG', 2),
  ...kinds('device_config_state_change', 1, 'MAC_POLICY_LOAD MAC_STATUS MAC_CONFIG_CHANGE', 3),
  ...kinds('device_config_state_change', 1, 'TIME_INJOFFSET TIME_ADJNTPVAL', 2),
  ...kinds('device_config_state_change', 1, 'ANOM_PROMISCUOUS', 3),
  ...kinds('application_error', 1, 'ANOM_ABEND', 3),
])

/** Types of one class, apart by spaces. */
function kinds(kind: About['class'], activity: number, types: string, severity = 1) {
  return types.split(' ').map((type) => [type, { class: kind, activity, severity }] as const)
}

const other: About = { class: 'base_event', activity: 99, severity: 1 }
/** How the kernel writes that nobody has signed in. */
const nobody = '4294967295'

const logsource: Logsource = { product: 'linux', service: 'auditd' }
const mostArguments = 64

/** One record of the Linux audit log, by itself. */
export function normaliseAuditd(record: JsonObject): Read {
  const fields = new Fields(record)
  const type = fields.text('type') ?? '?'
  const seconds = fields.number('audit_time')
  const commandLine = commandOf(type, fields)
  const path = fields.text('exe')
  const result = fields.first('res', 'success')
  const process = present({
    name: fields.text('comm') ?? baseName(path ?? commandLine?.split(' ', 1)[0]),
    pid: fields.number('pid'),
    cmd_line: commandLine,
    working_directory: fields.text('cwd'),
    file: path === undefined ? undefined : { path, name: baseName(path) },
  })
  return {
    draft: {
      ...(abouts.get(type) ?? other),
      message: `${type} ${commandLine ?? path ?? fields.text('name') ?? ''}`.trim(),
      product: 'auditd',
      log_name: 'audit',
      event_code: type,
      logsource,
      time: seconds === undefined ? undefined : Math.round(seconds * 1_000),
      original_time: fields.text('audit_time'),
      status: statusOf(result),
      src_endpoint: sourceOf(fields),
      dst_endpoint: type === 'SOCKADDR' ? socketOf(fields.text('saddr')) : undefined,
      file: type === 'PATH' ? fileOf(fields.text('name')) : undefined,
      device: present({ hostname: fields.text('node') }),
      user: userOf(fields),
      process,
      unmapped: fields.rest(),
    },
    record,
  }
}

/** Arguments joined by spaces (EXECVE), or as the kernel (PROCTITLE) or sudo (USER_CMD) wrote them. */
function commandOf(type: string, fields: Fields): string | undefined {
  if (type === 'PROCTITLE') return fields.text('proctitle')
  if (type === 'USER_CMD') return fields.text('cmd')
  if (type !== 'EXECVE') return undefined
  const args: string[] = []
  for (let i = 0; i < mostArguments; i++) {
    const argument = fields.text(`a${i}`)
    if (argument === undefined) break
    args.push(argument)
  }
  return args.join(' ') || undefined
}

function statusOf(result: string | undefined): Draft['status'] {
  if (result === undefined) return undefined
  return result === 'yes' || result === 'success' ? 'success' : 'failure'
}

/** Whom it is about, else who had signed in. */
function userOf(fields: Fields) {
  const account = fields.text('acct')
  if (account !== undefined) return { name: account }
  const uid = fields.text('auid')
  return uid === nobody ? undefined : present({ name: fields.text('AUID'), uid })
}

function sourceOf(fields: Fields) {
  const address = fields.text('addr')
  const hostname = fields.text('hostname')
  const isName = hostname !== '?' && hostname !== address
  return present({ ip: addressOf(address), hostname: isName ? hostname : undefined })
}

function fileOf(path: string | undefined): Draft['file'] {
  return present({ name: baseName(path), path })
}

/** A `struct sockaddr` in hexadecimal: family 2 IPv4, 10 IPv6, in the order of a little-endian machine. */
function socketOf(text: string | undefined): Draft['dst_endpoint'] {
  if (text === undefined || !/^[0-9A-F]{16,256}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'hex')
  const family = bytes.readUInt16LE(0)
  const port = bytes.readUInt16BE(2)
  if (family === 2) return { ip: [...bytes.subarray(4, 8)].join('.'), port }
  if (family !== 10 || bytes.length < 24) return undefined
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(8 + i * 2).toString(16))
  return present({
    ip: addressOf(new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)),
    port,
  })
}
