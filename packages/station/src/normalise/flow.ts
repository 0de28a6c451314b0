import type { Logsource } from '@haidang/contracts/event'
import { isoOf } from '@haidang/runtime/clock'
import type { JsonObject } from '../parse/json.ts'
import { type Unreadable, unreadable } from '../parse/parsed.ts'
import { addressOf, type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endpointOf, endsOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { firewallRecord, protocolName } from './firewall.ts'
import { flowAbout, flowPart, flowVerdict } from './flow-about.ts'
import type { Bare } from './product.ts'

/** Products by what their records name as protocol. */
const products: Readonly<Record<string, string>> = {
  netflow5: 'NetFlow',
  netflow9: 'NetFlow',
  ipfix: 'IPFIX',
  sflow5: 'sFlow',
}

/** A clock that is further off is put right. */
const mostSkew = 60_000
const longestDuration = 366 * 86_400_000

/** True of what the flow collectors keep of NetFlow and IPFIX, and of what they could not read. */
export function looksLikeNetflow({ flowProtocol, exporter }: JsonObject): boolean {
  const isText = typeof flowProtocol === 'string' && typeof exporter === 'string'
  return isText && flowProtocol !== 'sflow5'
}

/** True of what the flow collectors keep of sFlow. */
export function looksLikeSflow({ flowProtocol, exporter }: JsonObject): boolean {
  return flowProtocol === 'sflow5' && typeof exporter === 'string'
}

/** A flow just far enough for rules; undefined: it is none. */
export function bareFlow(object: JsonObject): Bare | undefined {
  if ('problem' in object || !Object.hasOwn(products, String(object['flowProtocol']))) {
    return undefined
  }
  return { logsource: logsourceOf(object), record: ruleRecord(object) }
}

/**
 * One flow, or one packet that was sampled, with the fields of IPFIX. Reasons are those the collector found:
 * `flow.malformed`, `flow.template-unknown`, `flow.template-invalid`, `flow.templates-too-many`,
 * `flow.version-unknown`; else `flow.incomplete`.
 */
export function normaliseFlow(object: JsonObject, around: Surroundings): Read | Unreadable {
  const { problem, detail } = object
  if (typeof problem === 'string') {
    const reason = /^flow\.[a-z-]{1,40}$/.test(problem) ? problem : 'flow.incomplete'
    return unreadable(reason, typeof detail === 'string' ? detail : '')
  }
  const protocol = String(object['flowProtocol'])
  const product = Object.hasOwn(products, protocol) ? products[protocol] : undefined
  if (product === undefined) return unreadable('flow.incomplete', `protocol ${protocol}`)
  return { draft: draftOf(new Fields(object), object, product, around), record: ruleRecord(object) }
}

/** Rules for firewalls read what asks for something, and only once: not its answers, not sampled packets. */
function logsourceOf(object: JsonObject): Logsource {
  if (looksLikeSflow(object)) return { product: 'sflow' }
  const isAsking = flowPart(object) === undefined
  return isAsking ? { product: 'netflow', category: 'firewall' } : { product: 'netflow' }
}

/** What nobody says was stopped went through. */
function ruleRecord(object: JsonObject): JsonObject {
  return firewallRecord(object, flowVerdict(object) ?? 'allowed')
}

function draftOf(fields: Fields, object: JsonObject, product: string, around: Surroundings): Draft {
  const ends = endsFrom(fields)
  const times = timesOf(fields, around)
  const traffic = trafficOf(fields)
  const protocol = protocolName(fields.text('protocolIdentifier'))
  const about = flowAbout(object)
  const amount = traffic?.bytes_out === undefined ? '' : ` ${traffic.bytes_out} B`
  fields.skip('exporter')
  return {
    ...about,
    ...ends,
    ...applicationOf(fields),
    message: `${(protocol ?? 'ip').toUpperCase()} ${endsOf(ends)}${amount}`,
    product,
    log_name: fields.text('flowProtocol'),
    logsource: logsourceOf(object),
    time: times.time,
    original_time: times.original,
    duration_ms: times.duration,
    device: present({ ip: addressOf(fields.text('agent') ?? textOf(object['exporter'])) }),
    connection_info: present({ protocol_name: protocol, part: flowPart(object) }),
    traffic,
    unmapped: fields.rest(),
  }
}

function endsFrom(fields: Fields): Pick<Draft, 'src_endpoint' | 'dst_endpoint'> {
  const isIcmp = fields.number('protocolIdentifier') === 1
  const port = (...names: string[]) => (isIcmp ? undefined : fields.first(...names))
  return {
    src_endpoint: endpointOf(
      fields.first('sourceIPv4Address', 'sourceIPv6Address'),
      port('sourceTransportPort', 'udpSourcePort', 'tcpSourcePort'),
      fields.text('sourceMacAddress'),
    ),
    dst_endpoint: endpointOf(
      fields.first('destinationIPv4Address', 'destinationIPv6Address'),
      port('destinationTransportPort', 'udpDestinationPort', 'tcpDestinationPort'),
      fields.first('destinationMacAddress', 'postDestinationMacAddress'),
    ),
  }
}

/** Out is what the source sent; of a sampled packet its length. */
function trafficOf(fields: Fields): Draft['traffic'] {
  const count = (...names: string[]) => {
    const text = fields.first(...names)
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }
  const sampled = count('samplingInterval')
  return present({
    bytes_out: count('octetDeltaCount', 'octetTotalCount', 'initiatorOctets', 'dataLinkFrameSize'),
    bytes_in: count('reverseOctetDeltaCount', 'reverseOctetTotalCount', 'responderOctets'),
    packets_out: count('packetDeltaCount', 'packetTotalCount', 'initiatorPackets'),
    packets_in: count('reversePacketDeltaCount', 'reversePacketTotalCount', 'responderPackets'),
    sampling: sampled !== undefined && sampled > 1 ? sampled : undefined,
  })
}

/** Begin and duration; a clock that was wrong when it exported was wrong before. */
function timesOf(fields: Fields, { receivedAt }: Surroundings) {
  const start = fields.number('flowStartMilliseconds')
  const end = fields.number('flowEndMilliseconds')
  const exported = fields.number('exportTime')
  if (start === undefined || !isTime(start)) return {}
  const lasted = end === undefined ? undefined : end - start
  const skew = exported === undefined ? 0 : receivedAt - exported
  const corrected = Math.abs(skew) > mostSkew ? start + skew : start
  return {
    time: isTime(corrected) ? corrected : undefined,
    original: isoOf(start),
    duration: lasted !== undefined && lasted >= 0 && lasted <= longestDuration ? lasted : undefined,
  }
}

const latest = 253_402_300_799_000

function isTime(at: number): boolean {
  return at >= 0 && at <= latest
}

/** What exporters that look into packets say of names, requests and handshakes. */
function applicationOf(
  fields: Fields,
): Pick<Draft, 'query' | 'http_request' | 'http_response' | 'tls'> {
  const host = fields.text('httpRequestHost')
  const target = fields.text('httpRequestTarget')
  const code = fields.word16('httpStatusCode')
  const url = host !== undefined && target?.startsWith('/') ? `http://${host}${target}` : target
  return {
    query: present({ hostname: fields.text('dnsQueryName'), type: fields.text('dnsQueryType') }),
    http_request: present({
      http_method: fields.text('httpRequestMethod'),
      url: url ?? (host === undefined ? undefined : `http://${host}/`),
      user_agent: fields.text('httpUserAgent'),
      referrer: fields.text('httpReferer'),
    }),
    http_response: code === undefined || code === 0 ? undefined : { code },
    tls: present({ sni: fields.text('tlsServerName') }),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
