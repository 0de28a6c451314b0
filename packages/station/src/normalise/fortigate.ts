import type { KeyValues } from '../parse/key-values.ts'
import { type Unreadable, unreadable } from '../parse/parsed.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { attributesOf, type CommonNames, hashesOf } from './common-names.ts'
import { type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endsOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { firewallRecord, statusOf, type Verdict, verdictOf } from './firewall.ts'
import { accountPaths, fortigateAbout } from './fortigate-about.ts'

const names: CommonNames = {
  source: ['srcip', 'remip', 'locip'],
  sourcePort: ['srcport', 'remport'],
  sourceName: ['srcname'],
  sourceMac: ['srcmac'],
  target: ['dstip'],
  targetPort: ['dstport'],
  targetName: ['hostname', 'dstname'],
  targetMac: ['dstmac'],
  user: ['user', 'xauthuser'],
  actor: [],
  protocol: ['proto'],
  sent: ['sentbyte'],
  received: ['rcvdbyte'],
  url: [],
  method: ['httpmethod'],
  agent: ['agent'],
  fileName: ['filename'],
  filePath: [],
  hash: [],
  process: [],
}

/** True of a line FortiOS writes: it begins with its date or version and names log id and type. */
export function looksLikeFortigate(text: string): boolean {
  return (
    /^(?:date|logver|timestamp|itime|devname|eventtime)=/.test(text) &&
    text.includes(' logid=') &&
    text.includes(' type=')
  )
}

/**
 * One log of FortiOS 6 and 7: traffic, events and the UTM profiles
 * (https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference).
 */
export function normaliseFortigate({ values }: KeyValues, around: Surroundings): Read | Unreadable {
  if (values['type'] === undefined) return unreadable('fortigate.no-type', 'no type=')
  const fields = new Fields(withoutNothing(values))
  const time = timeOf(fields, around)
  const type = fields.text('type') ?? ''
  const subtype = fields.text('subtype')
  const action = fields.text('action')
  const base = attributesOf(fields, names)
  const verdict = fortigateVerdict(type, action)
  const url = urlOf(fields)
  const attributes = {
    ...base,
    src_endpoint: sourceOf(base.src_endpoint, fields),
    http_request: present({ ...base.http_request, url }),
    file: fileOf(base.file, fields),
    duration_ms: secondsOf(fields),
  }
  const about = fortigateAbout({ type, subtype, fields, attributes, verdict })
  return {
    draft: {
      ...attributes,
      status: statusOf(verdict),
      status_detail: action,
      ...about,
      ...usersOf(fields, base.user),
      message: fields.text('msg') ?? `${subtype ?? type} ${action ?? ''} ${endsOf(attributes)}`,
      product: 'FortiGate',
      vendor: 'Fortinet',
      log_name: subtype === undefined ? type : `${type}/${subtype}`,
      event_code: fields.text('logid'),
      logsource: logsourceOf(type, subtype),
      time: time?.at,
      original_time: time?.original,
      device: present({ hostname: fields.first('devname', 'devid') }),
      unmapped: fields.rest(),
    },
    record: type === 'traffic' ? firewallRecord(values, verdict) : withNames(values, about.finding),
  }
}

/** `N/A` stands for nothing. */
function withoutNothing(values: KeyValues['values']): KeyValues['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 'N/A'))
}

/** Who changes the configuration acts; the account that is changed is its object. */
function usersOf(fields: Fields, user: Draft['user']): Pick<Draft, 'user' | 'actor'> {
  const path = fields.text('cfgpath')
  if (path === undefined) return { user }
  const object = accountPaths.test(path) ? fields.text('cfgobj') : undefined
  return {
    actor: user === undefined ? undefined : { user },
    user: object === undefined ? undefined : { name: object },
  }
}

/** Of a traffic log every action but deny says how an allowed session goes on or ended. */
function fortigateVerdict(type: string, action: string | undefined): Verdict | undefined {
  if (type !== 'traffic') return verdictOf(action)
  if (action === undefined) return undefined
  return /^(?:deny|blocked)$/.test(action) ? 'blocked' : 'allowed'
}

/** `eventtime` is the instant; date and time are of the device's zone, which `tz` may say. */
function timeOf(fields: Fields, { zone }: Surroundings) {
  const date = fields.text('date')
  const clock = fields.text('time')
  const tz = fields.text('tz') ?? ''
  const event = fields.text('eventtime')
  const written = date && clock ? readWrittenTime(`${date} ${clock}${tz}`, zone) : undefined
  const exact = readWrittenTime(event, zone)
  if (!exact) return written
  return { at: exact.at, original: written?.original ?? exact.original }
}

/** Logs about VPN and administrators name the other side in other fields. */
function sourceOf(found: Draft['src_endpoint'], fields: Fields): Draft['src_endpoint'] {
  if (found?.ip !== undefined) return found
  const from = /\(([0-9a-fA-F.:]{3,45})\)$/.exec(fields.text('ui') ?? '')?.[1]
  return from === undefined ? found : { ...found, ip: from.toLowerCase() }
}

function urlOf(fields: Fields): string | undefined {
  const url = fields.text('url')
  const host = fields.text('hostname')
  if (url === undefined || !url.startsWith('/') || host === undefined) return url
  const scheme = fields.text('service')?.toLowerCase() === 'https' ? 'https' : 'http'
  return `${scheme}://${host}${url}`
}

function fileOf(file: Draft['file'], fields: Fields): Draft['file'] {
  const hashes = hashesOf(fields.text('analyticscksum'))
  return hashes === undefined ? file : { ...file, hashes }
}

function secondsOf(fields: Fields): number | undefined {
  const seconds = fields.number('duration')
  return seconds === undefined ? undefined : seconds * 1000
}

const categories: ReadonlyMap<string, string> = new Map(
  Object.entries({ virus: 'antivirus', webfilter: 'proxy' }),
)

/** Sigma's log source: product fortigate, service event for events; others by their subtype. */
function logsourceOf(type: string, subtype: string | undefined): Draft['logsource'] {
  if (type === 'traffic') return { product: 'fortigate', category: 'firewall', service: 'traffic' }
  if (type === 'event') return { product: 'fortigate', service: 'event' }
  const service = subtype ?? type
  const category = categories.get(service)
  return { product: 'fortigate', service, ...(category && { category }) }
}

/** Rules for antivirus ask for `Signature`; they read the rest from the event. */
function withNames(values: KeyValues['values'], finding: Draft['finding']) {
  return finding ? { ...values, Signature: finding.title } : values
}
