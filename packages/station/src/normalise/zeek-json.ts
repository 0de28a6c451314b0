import type { Event, Logsource } from '@haidang/contracts/event'
import type { ZeekRecord } from '../parse/zeek-json.ts'
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
import { zeekDrafts } from './zeek-logs.ts'

/** Sigma categories of Zeek's logs. */
const categories: ReadonlyMap<string, string> = new Map([
  ['dns', 'dns'],
  ['http', 'http'],
])

/** Sigma's log source of one of Zeek's logs. */
export function zeekLogsource(path: string): Logsource {
  const category = categories.get(path)
  return category === undefined
    ? { product: 'zeek', service: path }
    : { product: 'zeek', category, service: path }
}

/** Zeek's logs: the class its subject has in OCSF, the rest of the record unmapped. */
export function normaliseZeek({ path, fields: object }: ZeekRecord, around: Surroundings): Read {
  const fields = new Fields(object)
  const time = timeOf(object['ts'] ?? object['_write_ts'], around)
  fields.skip('ts', '_path', '_write_ts', '@stream')
  const about = zeekDrafts.get(path)?.(fields)
  const common = commonOf(fields)
  const draft: Draft = {
    class: connected(common) ? 'network_activity' : 'base_event',
    activity: connected(common) ? 6 : 99,
    severity: 1,
    ...common,
    ...about,
    message: about?.message ?? messageOf(path, common),
    product: 'Zeek',
    vendor: 'Zeek',
    log_name: path,
    event_code: path,
    logsource: zeekLogsource(path),
    time: time?.at,
    original_time: time?.original,
    device: present({ hostname: fields.first('_system_name', '@system', 'peer') }),
    unmapped: fields.rest(),
  }
  return { draft, record: object }
}

type Common = Pick<Event, 'src_endpoint' | 'dst_endpoint' | 'connection_info' | 'duration_ms'>

function commonOf(fields: Fields): Common {
  const mac = { source: fields.text('orig_l2_addr'), target: fields.text('resp_l2_addr') }
  const source = endpointFrom(fields, 'id.orig_h', 'id.orig_p') ?? hostOf(fields)
  const target = endpointFrom(fields, 'id.resp_h', 'id.resp_p')
  const duration = fields.number('duration')
  return {
    src_endpoint: present({ ...source, mac: mac.source }),
    dst_endpoint: present({ ...target, mac: mac.target }),
    connection_info: present({
      protocol_name: fields.text('proto') ?? fields.text('port_proto'),
      uid: fields.text('uid'),
    }),
    duration_ms: duration === undefined ? undefined : Math.round(duration * 1000),
  }
}

/** Logs about a host (known_hosts, software) and about a file's way (files, older versions). */
function hostOf(fields: Fields) {
  return present({ ip: addressOf(fields.first('host', 'src')), port: fields.word16('port_num') })
}

function connected({ src_endpoint, dst_endpoint }: Common): boolean {
  return src_endpoint?.ip !== undefined && dst_endpoint?.ip !== undefined
}

function messageOf(path: string, common: Common): string {
  const { src_endpoint: from, dst_endpoint: to } = common
  if (!from?.ip) return `zeek ${path}`
  const target = to?.ip ? ` → ${to.ip}${to.port === undefined ? '' : `:${to.port}`}` : ''
  return `zeek ${path} ${from.ip}${target}`
}
