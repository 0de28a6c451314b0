import type { Logsource } from '@haidang/contracts/event'
import type { EveRecord } from '../parse/suricata-eve.ts'
import {
  addressOf,
  type Draft,
  endpointFrom,
  present,
  type Read,
  type Surroundings,
} from './draft.ts'
import { Fields } from './fields.ts'
import { timeOf } from './json.ts'
import { eveDrafts } from './suricata-events.ts'

/** Sigma's log source of an EVE event: of those with an HTTP request or a DNS name, only the transaction itself is one. */
export function eveLogsource(type: string): Logsource {
  if (type === 'dns' || type === 'http') {
    return { product: 'suricata', category: type, service: type }
  }
  return { product: 'suricata', service: type }
}

/** Suricata's EVE events of every type: the class of the subject, the connection, the rest unmapped. */
export function normaliseEve({ type, fields: object }: EveRecord, around: Surroundings): Read {
  const fields = new Fields(object)
  const time = timeOf(object['timestamp'], around)
  fields.skip('timestamp', 'event_type')
  const about = eveDrafts.get(type)?.(fields)
  const common = commonOf(fields)
  const connected = common.src_endpoint?.ip !== undefined && common.dst_endpoint?.ip !== undefined
  const draft: Draft = {
    class: connected ? 'network_activity' : 'base_event',
    activity: connected ? 6 : 99,
    severity: 1,
    ...common,
    ...about,
    message: about?.message ?? messageOf(type, common),
    product: 'Suricata',
    vendor: 'OISF',
    log_name: 'eve',
    event_code: about?.event_code ?? type,
    logsource: eveLogsource(type),
    time: time?.at,
    original_time: time?.original,
    device: present({ hostname: fields.text('host') }),
    unmapped: fields.rest(),
  }
  return { draft, record: object }
}

type Common = Pick<Draft, 'src_endpoint' | 'dst_endpoint' | 'connection_info' | 'traffic'>

function commonOf(fields: Fields): Common {
  const flow = fields.inner('flow')
  const ether = fields.inner('ether')
  return {
    src_endpoint: present({
      ...endpointFrom(fields, 'src_ip', 'src_port'),
      mac: ether.text('src_mac'),
    }),
    dst_endpoint: present({
      ...endpointFrom(fields, 'dest_ip', 'dest_port'),
      mac: ether.text('dest_mac'),
    }),
    connection_info: present({
      protocol_name: fields.text('proto')?.toLowerCase(),
      uid: fields.text('flow_id'),
    }),
    // The source of a flow is its client; that of an alert may be either side.
    traffic: present({
      bytes_out: flow.number('bytes_toserver'),
      bytes_in: flow.number('bytes_toclient'),
      packets_out: flow.number('pkts_toserver'),
      packets_in: flow.number('pkts_toclient'),
    }),
  }
}

function messageOf(type: string, { src_endpoint: from, dst_endpoint: to }: Common): string {
  if (!addressOf(from?.ip) || !addressOf(to?.ip)) return `suricata ${type}`
  return `suricata ${type} ${from?.ip} → ${to?.ip}${to?.port === undefined ? '' : `:${to.port}`}`
}
