import { httpActivity } from './access-log.ts'
import { accountOf, type Draft } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import type { Fields } from './fields.ts'
import { connectionOf, type Verdict } from './firewall.ts'
import { severityOfWord } from './severity-word.ts'

type About = Pick<Draft, 'class' | 'activity' | 'severity'> &
  Partial<
    Pick<
      Draft,
      | 'finding'
      | 'status'
      | 'status_detail'
      | 'user'
      | 'src_endpoint'
      | 'dst_endpoint'
      | 'logon_type'
      | 'auth_protocol'
      | 'tls'
    >
  > & { readonly message?: string | undefined }

interface Log {
  readonly type: string
  readonly subtype: string | undefined
  readonly fields: Fields
  readonly attributes: Pick<Draft, 'http_request' | 'dst_endpoint'>
  readonly verdict: Verdict | undefined
}

/** Class, activity, severity and message of one log of PAN-OS, and what only its type holds. */
export function panOsAbout(log: Log): About {
  if (log.type === 'TRAFFIC') return traffic(log)
  if (log.type === 'THREAT') return threat(log)
  if (log.type === 'SYSTEM') return system(log)
  if (log.type === 'GLOBALPROTECT') return globalProtect(log)
  if (log.type === 'CONFIG') return config(log)
  return otherLogs.get(log.type)?.(log) ?? { class: 'base_event', activity: 99, severity: 1 }
}

/** Who was asked for a password or a second factor, and what came of it. */
function authenticated({ fields }: Log): About {
  const event = fields.text('event') ?? fields.text('desc') ?? ''
  const failed = /fail|denied|reject|invalid|timeout/i.test(event)
  const name = fields.first('normalize_user', 'user')
  return {
    class: 'authentication',
    activity: 1,
    severity: failed ? 2 : 1,
    status: failed ? 'failure' : 'success',
    status_detail: event || undefined,
    message: `authentication of ${name ?? '?'}: ${event || '?'}`,
    user: accountOf(name),
    src_endpoint: endpointOf(fields.text('ip')),
    auth_protocol: fields.text('authproto'),
    logon_type: 'remote',
  }
}

/** Which user an address belongs to from now on, or no longer. */
function userMapped({ subtype, fields }: Log): About {
  const name = fields.text('user')
  const about = { user: accountOf(name), src_endpoint: endpointOf(fields.text('ip')), severity: 1 }
  if (subtype !== 'login' && subtype !== 'logout') {
    return {
      ...about,
      class: 'user_access_management',
      activity: subtype === 'register-tag' ? 1 : 2,
    }
  }
  return {
    ...about,
    class: 'authentication',
    activity: subtype === 'login' ? 1 : 2,
    status: 'success',
    message: `${name ?? '?'} is ${subtype === 'login' ? 'at' : 'no longer at'} ${fields.text('ip') ?? '?'}`,
  }
}

/** What a host that connects looks like: OCSF Device Inventory Info (5001). */
function hostMatched({ fields }: Log): About {
  return {
    class: 'device_inventory_info',
    activity: 2,
    severity: 1,
    message: `host profile ${fields.text('matchname') ?? '?'} of ${fields.text('machinename') ?? '?'}`,
  }
}

function decrypted({ fields, verdict }: Log): About {
  const error = fields.text('error')
  const sni = fields.text('sni')
  return {
    ...connectionOf(verdict, 1),
    ...(error !== undefined && { status: 'failure', status_detail: error }),
    message:
      `TLS ${fields.text('tls_version') ?? ''} ${sni ?? fields.text('cn') ?? ''} ${error ?? ''}`.trim(),
    tls: {
      ...(sni && { sni }),
      certificate_subject: fields.text('cn'),
      certificate_issuer: fields.text('issuer_cn'),
    },
  }
}

const otherLogs: ReadonlyMap<string, (log: Log) => About> = new Map([
  ['AUTHENTICATION', authenticated],
  ['USERID', userMapped],
  ['HIPMATCH', hostMatched],
  ['HIP-MATCH', hostMatched],
  ['DECRYPTION', decrypted],
])

function traffic({ subtype, verdict }: Log): About {
  const isRefused = subtype === 'drop' || subtype === 'deny'
  return connectionOf(isRefused ? 'blocked' : verdict, subtype === 'start' ? 1 : 2)
}

function threat(log: Log): About {
  const { fields, subtype = 'threat', verdict } = log
  const severity = severityOf(fields)
  if (subtype === 'url') return web(log)
  if (subtype === 'file' || subtype === 'data') {
    return { class: 'file_activity', activity: 99, severity }
  }
  const id = fields.text('threatid') ?? subtype
  const known = /^(?<title>.{1,500}?) ?\((?<uid>\d{1,12})\)$/.exec(id)?.groups
  const uid = known?.['uid']
  const title = known?.['title'] ?? id
  return {
    class: 'detection_finding',
    activity: 1,
    severity,
    message: `${title} (${verdict ?? 'seen'})`,
    finding: { title, ...(uid && { uid }), category: subtype },
  }
}

function web({ fields, attributes, verdict }: Log): About {
  const { url, http_method } = attributes.http_request ?? {}
  const host = /^https?:\/\/([^/:?#]{1,255})/.exec(url ?? '')?.[1]
  return {
    class: 'http_activity',
    activity: httpActivity(http_method),
    severity: verdict === 'blocked' ? Math.max(2, severityOf(fields)) : severityOf(fields),
    message: `${fields.text('category') ?? 'url'}: ${url ?? '?'}`,
    dst_endpoint:
      host === undefined ? attributes.dst_endpoint : { ...attributes.dst_endpoint, hostname: host },
  }
}

function severityOf(fields: Fields): number {
  return severityOfWord(fields.text('severity')) ?? 1
}

// `failed authentication for user 'x'. … From: A.`, `User x logged in via … from A`, `Login from: A, … User name: x`
const quotedUser = /\buser '(?<user>[^']{1,256})'/i
const namedUser =
  /\bUser(?: name:|:)? (?<user>[^\s',]{1,256}) ?(?:logged|,)|\bUser name: (?<name>[^\s,]{1,256})/
const fromAddress = /\bfrom:? (?<ip>[0-9a-fA-F.:]{3,45}?)\.?(?=[\s,]|$)/i
const authentication = /auth|logged (?:in|out)|login/i

function system({ fields }: Log): About {
  const message = fields.text('opaque')
  const id = fields.text('eventid') ?? ''
  const severity = severityOf(fields)
  const told = message?.slice(0, 2048) ?? ''
  const name = userIn(told)
  if (name === undefined || !authentication.test(`${id} ${told}`)) {
    return { class: 'base_event', activity: 99, severity, message }
  }
  const failed = /fail|invalid|denied/i.test(`${id} ${told}`)
  return {
    class: 'authentication',
    activity: /logged out|logout/i.test(`${id} ${told}`) ? 2 : 1,
    severity: failed ? Math.max(2, severity) : severity,
    status: failed ? 'failure' : 'success',
    status_detail: id || undefined,
    message,
    user: accountOf(name),
    src_endpoint: endpointOf(fromAddress.exec(told)?.groups?.['ip']),
    logon_type: 'remote',
  }
}

function userIn(text: string): string | undefined {
  const found = quotedUser.exec(text)?.groups ?? namedUser.exec(text)?.groups
  return found?.['user'] ?? found?.['name']
}

function globalProtect({ fields }: Log): About {
  const id = fields.text('eventid') ?? 'globalprotect'
  const said = fields.text('status')
  const failed = said === 'failure'
  const isSession = /auth|login|logout|connected/.test(id)
  return {
    class: isSession ? 'authentication' : 'base_event',
    activity: isSession ? (id.includes('logout') ? 2 : 1) : 99,
    severity: failed ? 2 : 1,
    status: failed ? 'failure' : 'success',
    status_detail: fields.first('error', 'reason') ?? said,
    message: fields.text('opaque') ?? `GlobalProtect ${id} ${said ?? ''}`.trim(),
    logon_type: 'remote',
    auth_protocol: fields.text('auth_method'),
  }
}

function config({ fields }: Log): About {
  const result = fields.text('result')
  return {
    class: 'device_config_state_change',
    activity: 1,
    severity: 1,
    status:
      result === undefined ? undefined : /^succ|^submit/i.test(result) ? 'success' : 'failure',
    status_detail: result,
    message:
      `${fields.text('admin') ?? '?'}: ${fields.text('cmd') ?? ''} ${fields.text('path') ?? ''}`.trim(),
  }
}
