import type { JsonObject } from '../parse/json.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { attributesOf, type CommonNames, hashesOf } from './common-names.ts'
import { type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endsOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { firewallRecord, statusOf, verdictOf } from './firewall.ts'
import { panOsAbout } from './pan-os-about.ts'

const names: CommonNames = {
  source: ['src', 'public_ip', 'public_ipv6', 'host'],
  sourcePort: ['sport'],
  sourceName: ['machinename'],
  sourceMac: [],
  target: ['dst'],
  targetPort: ['dport'],
  targetName: [],
  targetMac: [],
  user: ['srcuser'],
  actor: ['admin'],
  protocol: ['proto'],
  sent: ['bytes_sent'],
  received: ['bytes_received'],
  url: [],
  method: ['http_method'],
  agent: ['user_agent'],
  fileName: [],
  filePath: [],
  hash: [],
  process: [],
}
// Far behind the named fields stands the time with milliseconds and zone, at a place that differs by version.
const exactTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,9}(?:Z|[+-]\d{2}:\d{2})$/

/** One log of PAN-OS: TRAFFIC, THREAT, SYSTEM, CONFIG and GLOBALPROTECT; others keep their fields. */
export function normalisePanOs(record: JsonObject, around: Surroundings): Read {
  const fields = new Fields(record)
  const type = fields.text('type') ?? '?'
  const subtype = fields.text('subtype')
  const action = fields.text('action')
  const verdict = verdictOf(action)
  const base = attributesOf(fields, names)
  const misc = type === 'THREAT' ? fields.text('misc') : undefined
  const isUrl = subtype === 'url' || /[/?]/.test(misc ?? '')
  const attributes = {
    ...base,
    http_request: present({
      ...base.http_request,
      http_method: base.http_request?.http_method?.toUpperCase(),
      url: isUrl ? urlOf(misc) : undefined,
      referrer: fields.text('referer'),
    }),
    file: isUrl ? undefined : fileOf(misc, fields),
    duration_ms: secondsOf(fields),
  }
  const time = timeOf(record, fields, around)
  const { message, ...about } = panOsAbout({ type, subtype, fields, attributes, verdict })
  return {
    draft: {
      ...attributes,
      status: statusOf(verdict),
      status_detail: fields.text('session_end_reason') ?? action,
      ...about,
      message: message ?? `${type} ${subtype ?? ''} ${action ?? ''} ${endsOf(attributes)}`,
      product: 'PAN-OS',
      vendor: 'Palo Alto Networks',
      log_name: subtype === undefined ? type : `${type}/${subtype}`,
      event_code: fields.first('eventid', 'threatid'),
      logsource: logsourceOf(type, subtype),
      time: time?.at,
      original_time: time?.original,
      device: present({ hostname: fields.first('device_name', 'serial') }),
      unmapped: fields.rest(),
    },
    record: type === 'TRAFFIC' ? firewallRecord(record, verdict) : record,
  }
}

function timeOf(record: JsonObject, fields: Fields, { zone }: Surroundings) {
  const written = readWrittenTime(fields.first('time_generated', 'receive_time'), zone)
  const found = Object.entries(record).find(
    ([name, value]) =>
      (name.startsWith('field_') || name === 'high_res_timestamp') &&
      typeof value === 'string' &&
      exactTime.test(value),
  )
  return readWrittenTime(found === undefined ? undefined : fields.text(found[0]), zone) ?? written
}

/** Without scheme as PAN-OS writes it; the scheme is written `http`, as elsewhere for rules. */
function urlOf(misc: string | undefined): string | undefined {
  if (misc === undefined || /^[a-z]{2,10}:\/\//i.test(misc)) return misc
  return `http://${misc}`
}

function fileOf(misc: string | undefined, fields: Fields): Draft['file'] {
  return present({ name: misc, hashes: hashesOf(fields.text('filedigest')) })
}

function secondsOf(fields: Fields): number | undefined {
  const seconds = fields.number('elapsed')
  return seconds === undefined ? undefined : seconds * 1000
}

const virusTypes: ReadonlySet<string> = new Set(['virus', 'wildfire-virus', 'ml-virus', 'wildfire'])

/** Sigma's log source: product paloalto, service globalprotect for its own, otherwise the type. */
function logsourceOf(type: string, subtype = ''): Draft['logsource'] {
  const service = type.toLowerCase()
  if (type === 'TRAFFIC') return { product: 'paloalto', category: 'firewall', service }
  if (type !== 'THREAT') return { product: 'paloalto', service }
  if (subtype === 'url') return { product: 'paloalto', category: 'proxy', service }
  const isVirus = virusTypes.has(subtype)
  return { product: 'paloalto', ...(isVirus && { category: 'antivirus' }), service }
}
