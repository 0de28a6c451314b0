import { parseNamed } from '../parse/named.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, type MessageKind, normaliseDaemon } from './daemon-message.ts'
import { dnsAbout } from './dns-message.ts'
import type { Read, Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'

const client =
  'client (?:@0x[0-9a-f]{1,16} )?(?<client>[0-9A-Fa-f.:%\\w-]{1,64})#(?<port>\\d{1,5})(?:/key [^ ]{1,255})?(?: \\([^)]{0,1024}\\))?(?:: view (?<view>[^ :]{1,64}))?: '

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(
      `^${client}query: (?<name>[^ ]{1,1024}) (?<rclass>[A-Z0-9]{1,16}) (?<type>[A-Z0-9]{1,16}) (?<flags>[^ ]{1,16})(?: \\((?<server>[^)]{1,64})\\))?`,
    ),
    about: ({ view, rclass, flags, ...said }) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      unmapped: { ...(view && { view }), class: rclass, flags },
    }),
  },
  {
    // Answers of the error category: `query failed (SERVFAIL) for a.example/IN/A at query.c:7094`.
    pattern: new RegExp(
      `^${client}query failed \\((?<rcode>[^)]{1,64})\\) for (?<name>[^ /]{1,1024})/(?<rclass>[A-Z0-9]{1,16})/(?<type>[A-Z0-9]{1,16})`,
    ),
    about: (said) => ({ ...dnsAbout({ ...said, name: said['name'] }), severity: 2 }),
  },
  {
    pattern: new RegExp(
      `^${client}(?<what>query|query \\(cache\\)|update|zone transfer|notify|update forwarding) '(?<name>[^ '/]{1,1024})/(?:(?<type>[A-Z0-9]{1,16})/)?(?<rclass>[A-Z0-9]{1,16})' denied`,
    ),
    about: (said) => ({
      ...dnsAbout({ ...said, name: said['name'], rcode: 'REFUSED' }),
      severity: said['what'] === 'zone transfer' ? 3 : 2,
      status_detail: `${said['what']} denied`,
    }),
  },
  {
    pattern: new RegExp(
      `^${client}transfer of '(?<name>[^ '/]{1,1024})/(?<rclass>[A-Z0-9]{1,16})': (?<type>AXFR|IXFR)(?:-style IXFR)? (?<what>started|ended)`,
    ),
    about: (said) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      activity: 6,
      status: 'success',
      severity: 2,
    }),
  },
  {
    pattern: new RegExp(
      `^${client}(?:disabled )?rpz (?<trigger>[A-Z-]{1,16}) (?<policy>[A-Z-]{1,32}) rewrite (?<name>[^ /]{1,1024})/(?<type>[A-Z0-9]{1,16})/IN via (?<via>[^ ]{1,1024})`,
    ),
    about: ({ trigger, policy, via, ...said }) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      class: 'detection_finding',
      activity: 1,
      severity: 3,
      finding: { title: `response policy: ${said['name']} (${policy})`, category: 'dns-firewall' },
      unmapped: { trigger, policy, via },
    }),
  },
  {
    pattern: new RegExp(`^${client}(?<detail>.{1,1000})$`),
    about: (said) => ({ src_endpoint: endpointOf(said['client'], said['port']) }),
  },
]

const logsource = { product: 'linux', service: 'named' }
const bind: Daemon = { product: 'BIND', vendor: 'ISC', logsource, kinds }

/**
 * Messages of BIND's named, by syslog or from a file of its own: queries, failures, refusals, transfers and
 * what response policies rewrote. https://bind9.readthedocs.io/en/stable/reference.html#query-log-format
 */
export function normaliseBind(fields: SyslogFields, { zone }: Surroundings): Read {
  const line = parseNamed(fields.message, zone)
  const { draft, record } = normaliseDaemon(fields, bind, line.message)
  return {
    draft: {
      ...draft,
      ...(draft.query !== undefined && { logsource: { ...logsource, category: 'dns' } }),
      message: line.message,
      time: line.time?.at ?? draft.time,
      original_time: line.time?.original ?? draft.original_time,
      log_name: line.category ?? draft.log_name,
    },
    record,
  }
}
