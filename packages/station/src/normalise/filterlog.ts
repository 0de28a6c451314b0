import type { JsonObject } from '../parse/json.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { present, type Read } from './draft.ts'
import { endpointOf, endsOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { connectionOf, firewallRecord, protocolName, verdictOf } from './firewall.ts'

/** One decision of the packet filter of pfSense or OPNsense: Network Activity (OCSF 4001). */
export function normaliseFilterlog(record: JsonObject, header: SyslogFields): Read {
  const fields = new Fields(record)
  const action = fields.text('action')
  const verdict = verdictOf(action)
  const direction = fields.text('direction')
  const ends = {
    src_endpoint: endpointOf(fields.text('src'), fields.text('sport')),
    dst_endpoint: endpointOf(fields.text('dst'), fields.text('dport')),
  }
  fields.skip('protocol_id', 'ip_version')
  return {
    draft: {
      ...ends,
      ...connectionOf(verdict),
      status_detail: action,
      message: `${action ?? '?'} ${direction ?? ''} ${endsOf(ends)}`,
      product: 'filterlog',
      vendor: 'Netgate, OPNsense',
      log_name: 'filterlog',
      event_code: fields.first('tracker', 'rule'),
      logsource: { product: 'pfsense', category: 'firewall' },
      time: header.time?.at,
      original_time: header.time?.original,
      connection_info: present({
        protocol_name: protocolName(fields.text('protocol')),
        direction: directionOf(direction),
      }),
      unmapped: fields.rest(),
    },
    record: firewallRecord(record, verdict),
  }
}

function directionOf(direction: string | undefined) {
  if (direction === 'in') return 'inbound'
  return direction === 'out' ? 'outbound' : undefined
}
