import type { JsonObject } from '../parse/json.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { httpActivity } from './access-log.ts'
import { attributesOf, type CommonNames } from './common-names.ts'
import { type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endpointOf, endsOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { connectionOf, firewallRecord, statusOf, type Verdict, verdictOf } from './firewall.ts'
import { severityOfWord } from './severity-word.ts'

const names: CommonNames = {
  source: ['src', 'client_ip', 'office_mode_ip'],
  sourcePort: ['s_port'],
  sourceName: ['src_machine_name'],
  sourceMac: ['mac_source_address'],
  target: ['dst'],
  targetPort: ['service'],
  targetName: ['dst_domain_name', 'dst_machine_name'],
  targetMac: ['mac_destination_address'],
  user: ['user', 'src_user_name', 'administrator'],
  actor: [],
  protocol: ['proto'],
  sent: ['sent_bytes', 'client_outbound_bytes'],
  received: ['received_bytes', 'client_inbound_bytes'],
  url: ['resource'],
  method: ['method', 'http_method'],
  agent: ['web_client_type', 'user_agent'],
  fileName: ['file_name'],
  filePath: [],
  hash: ['file_sha256', 'file_sha1', 'file_md5'],
  process: ['process_name'],
}

/** One log of Check Point: firewall, threat prevention, URL filtering, VPN, identities, administrators. */
export function normaliseCheckPoint(
  record: JsonObject,
  header: SyslogFields,
  around: Surroundings,
): Read {
  const fields = new Fields(record)
  const action = fields.text('action')
  const verdict = verdictOf(action)
  const base = attributesOf(fields, names)
  const attributes = { ...base, user: loginOf(base.user) }
  const time = readWrittenTime(fields.text('time'), around.zone)
  const about = aboutOf(fields, attributes, verdict)
  return {
    draft: {
      ...attributes,
      status: statusOf(verdict),
      status_detail: action,
      ...about,
      message: messageOf(fields, about.finding?.title) ?? `${action ?? '?'} ${endsOf(attributes)}`,
      product: fields.text('product') ?? 'Check Point',
      vendor: 'Check Point',
      event_code: fields.text('logid'),
      logsource: logsourceOf(about),
      time: time?.at,
      original_time: time?.original,
      device: endpointOf(fields.first('origin', 'hostname')) ?? endpointOf(hostOf(header)),
      connection_info: present({
        ...attributes.connection_info,
        direction: directionOf(fields.text('ifdir')),
      }),
      unmapped: fields.rest(),
    },
    record: about.class === 'network_activity' ? firewallRecord(record, verdict) : record,
  }
}

/** `Trần Lan (lan.tran)`: a person's name, and the account in parentheses. */
function loginOf(user: Draft['user']): Draft['user'] {
  const login = /^[^()]{1,200} \(([^()\s]{1,128})\)$/.exec(user?.name ?? '')?.[1]
  return login === undefined ? user : { ...user, name: login }
}

type About = Pick<Draft, 'class' | 'activity' | 'severity'> &
  Partial<Pick<Draft, 'finding' | 'status' | 'logon_type' | 'auth_protocol'>>

function aboutOf(
  fields: Fields,
  { user, http_request }: Pick<Draft, 'user' | 'http_request'>,
  verdict: Verdict | undefined,
): About {
  const title = fields.first('protection_name', 'malware_action', 'attack')
  if (title !== undefined) return findingOf(fields, title)
  const session = user && sessionOf(fields)
  if (session) return session
  const blocked = verdict === 'blocked'
  if (http_request?.url !== undefined) {
    const activity = httpActivity(http_request.http_method)
    return { class: 'http_activity', activity, severity: blocked ? 2 : 1 }
  }
  if (!fields.has('src')) return { class: 'base_event', activity: 99, severity: 1 }
  return connectionOf(verdict)
}

function findingOf(fields: Fields, title: string): About {
  const uid = fields.first('protection_id', 'malware_rule_id')
  const category = fields.first('protection_type', 'attack', 'product')
  return {
    class: 'detection_finding',
    activity: 1,
    severity: gradeOf(fields.text('severity')) ?? 3,
    finding: { title, ...(uid && { uid }), ...(category && { category }) },
  }
}

/** 0 informational to 4 critical, or the word. */
function gradeOf(severity: string | undefined): number | undefined {
  return /^[0-4]$/.test(severity ?? '') ? Number(severity) + 1 : severityOfWord(severity)
}

function sessionOf(fields: Fields): About | undefined {
  const action = fields.text('action') ?? ''
  const outcome = fields.first('auth_status', 'status') ?? action
  if (!/log ?(?:in|out)|update|authoriz/i.test(action) && !fields.has('auth_method'))
    return undefined
  const failed = /fail|reject|denied/i.test(`${outcome} ${action}`)
  return {
    class: 'authentication',
    activity: /log ?out/i.test(action) ? 2 : 1,
    severity: failed ? 2 : 1,
    status: failed ? 'failure' : 'success',
    auth_protocol: fields.text('auth_method'),
    logon_type: 'remote',
  }
}

function messageOf(fields: Fields, title: string | undefined): string | undefined {
  return title ?? fields.first('message_info', 'msg', 'additional_info', 'subject')
}

function logsourceOf(about: About): Draft['logsource'] {
  if (about.class === 'network_activity') return { product: 'checkpoint', category: 'firewall' }
  if (about.class === 'http_activity') return { product: 'checkpoint', category: 'proxy' }
  const isVirus = /virus|malware/i.test(about.finding?.category ?? '')
  return { product: 'checkpoint', ...(isVirus && { category: 'antivirus' }) }
}

function directionOf(ifdir: string | undefined) {
  return ifdir === 'inbound' || ifdir === 'outbound' ? ifdir : undefined
}

// `<134>1 2026-11-22 09:58:12 gw CheckPoint 1 - [`: a space where RFC 5424 has a `T` moves every word by one.
const clock = /^\d{2}:\d{2}:\d{2}$/

function hostOf({ host, program }: SyslogFields): string | undefined {
  return host !== undefined && clock.test(host) ? program : host
}
