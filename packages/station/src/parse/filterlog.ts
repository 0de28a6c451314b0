import { readCsv } from './csv.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

const head = [
  'rule',
  'subrule',
  'anchor',
  'tracker',
  'interface',
  'reason',
  'action',
  'direction',
  'ip_version',
]
const version4 = ['tos', 'ecn', 'ttl', 'id', 'offset', 'ip_flags', 'protocol_id', 'protocol']
const version6 = ['traffic_class', 'flow_label', 'hop_limit', 'protocol', 'protocol_id']
const ends = ['length', 'src', 'dst']
const ports = ['sport', 'dport', 'data_length']
const tcp = ['tcp_flags', 'sequence', 'acknowledgement', 'window', 'urgent', 'options']
const start =
  /^\d{0,10},\d{0,10},[^,]{0,128},[^,]{0,64},[^,]{1,64},[a-z-]{1,32},(?:block|pass|reject|match|nat|rdr|binat|scrub|synproxy drop|defer),(?:in|out|in\/out),[46],/

/** True of a line of filterlog: rule, interface, reason, action, direction, version of IP. */
export function looksLikeFilterlog(text: string): boolean {
  return start.test(text)
}

/**
 * Reads one line of filterlog of pfSense or OPNsense
 * (https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html). What follows the
 * addresses of protocols other than TCP and UDP stays together in `details`. Reason: `filterlog.no-rule`.
 */
export function parseFilterlog(text: string): Parsed<JsonObject> {
  if (!looksLikeFilterlog(text)) {
    return unreadable(
      'filterlog.no-rule',
      'the line does not begin with rule, interface and action',
    )
  }
  const values = readCsv(text)
  const first = [...head, ...(values[8] === '6' ? version6 : version4), ...ends]
  const fields = new Map(first.map((name, index) => [name, values[index] ?? '']))
  const protocol = fields.get('protocol')?.toLowerCase()
  const rest = values.slice(first.length)
  const names = protocol === 'tcp' ? [...ports, ...tcp] : protocol === 'udp' ? ports : []
  for (const [index, name] of names.entries()) fields.set(name, rest[index] ?? '')
  if (names.length === 0) fields.set('details', rest.join(','))
  return parsed(Object.fromEntries([...fields].filter(([, value]) => value !== '')))
}
