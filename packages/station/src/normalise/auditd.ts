import type { Logsource } from '@haidang/contracts/event'
import type { JsonObject } from '../parse/json.ts'
import { addressOf, baseName, type Draft, present, type Read } from './draft.ts'
import { Fields } from './fields.ts'

type About = Pick<Draft, 'class' | 'activity' | 'severity'>

const started: About = { class: 'process_activity', activity: 1, severity: 1 }

/** What record types mean in OCSF; the others, system calls among them, are base events. */
const abouts: ReadonlyMap<string, About> = new Map([
  ['EXECVE', started],
  ['USER_CMD', started],
  // Of the records a sign-in leaves, the one that says how it ended.
  ['USER_LOGIN', { class: 'authentication', activity: 1, severity: 1 }],
  ['USER_LOGOUT', { class: 'authentication', activity: 2, severity: 1 }],
  ['ADD_USER', { class: 'account_change', activity: 1, severity: 2 }],
  ['DEL_USER', { class: 'account_change', activity: 6, severity: 2 }],
  ['ANOM_PROMISCUOUS', { class: 'base_event', activity: 99, severity: 3 }],
])
const other: About = { class: 'base_event', activity: 99, severity: 1 }
/** How the kernel writes that nobody has signed in. */
const nobody = '4294967295'

const logsource: Logsource = { product: 'linux', service: 'auditd' }
const mostArguments = 64

/** One record of the Linux audit log, by itself: records of one system call are not joined. */
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
