import { parseBindQuery } from '../parse/bind-query.ts'
import { readIsoTime } from '../parse/instant.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { addressOf, present, type Read, type Surroundings } from './draft.ts'
import { deviceOf, normaliseSyslog, syslogRecord } from './syslog.ts'

const logsource = { product: 'linux', service: 'named' }
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** BIND: questions of its query log as DNS Activity (OCSF 4003), all else as syslog records. */
export function normaliseBind(fields: SyslogFields, around: Surroundings): Read {
  const found = parseBindQuery(fields.message)
  if (!found.ok) {
    const read = normaliseSyslog(fields)
    return { ...read, draft: { ...read.draft, product: 'BIND', logsource } }
  }
  const { client, port, name, type, server, time: written } = found.value
  const time = readIsoTime(isoOf(written), around.zone) ?? fields.time
  const source = addressOf(client)
  return {
    draft: {
      class: 'dns_activity',
      activity: 1,
      severity: 1,
      message: `DNS ${type} ${name}`,
      product: 'BIND',
      vendor: 'ISC',
      log_name: 'queries',
      logsource: { ...logsource, category: 'dns' },
      time: time?.at,
      original_time: written ?? fields.time?.original,
      src_endpoint: present({ ip: source, port: port <= 65_535 ? port : undefined }),
      dst_endpoint: present({ ip: addressOf(server) }),
      device: deviceOf(fields),
      query: { hostname: name, type },
      unmapped: {},
    },
    record: {
      ...syslogRecord(fields),
      ...{ query: name, record_type: type, src_ip: client, src_port: port },
      ...(server !== undefined && { dst_ip: server }),
    },
  }
}

/** `22-Nov-2026 09:59:59.123` as ISO 8601 writes it, without a zone. */
function isoOf(written: string | undefined): string {
  const [date = '', clock = ''] = (written ?? '').split(' ')
  const [day = '', name = '', year = ''] = date.split('-')
  const month = String(months.indexOf(name) + 1).padStart(2, '0')
  return `${year}-${month}-${day}T${clock}`
}
