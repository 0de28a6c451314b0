import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, type MessageKind, normaliseDaemon } from './daemon-message.ts'
import { dnsAbout } from './dns-message.ts'
import type { Read } from './draft.ts'

const address = '[0-9A-Fa-f.:]{2,45}'
const question = '(?<name>[^ ]{1,1024}) (?<type>[A-Z0-9]{1,16}) (?<rclass>[A-Z0-9]{1,8})'

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(
      `^(?:reply: )?(?<client>${address}) ${question} (?<rcode>[A-Z0-9]{1,16}) (?<seconds>\\d{1,9}\\.\\d{1,6}) (?<cached>[01]) (?<size>\\d{1,10})`,
    ),
    about: ({ seconds, cached, size, rclass: _, ...said }) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      duration_ms: Math.round(Number(seconds) * 1000),
      traffic: { bytes_in: Number(size) },
      unmapped: { from_cache: cached === '1' },
    }),
  },
  {
    pattern: new RegExp(`^(?:query: )?(?<client>${address}) ${question}$`),
    about: (said) => dnsAbout({ ...said, name: said['name'] }),
  },
  {
    pattern: new RegExp(
      `^(?<zone>[^ ]{1,1024}) (?<action>[a-z_]{3,32}) (?<client>${address})@(?<port>\\d{1,5}) ${question}$`,
    ),
    about: ({ zone, action, ...said }) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      class: 'detection_finding',
      activity: 1,
      severity: 2,
      finding: { title: `local zone ${zone}: ${action}`, category: 'dns-firewall' },
      unmapped: { zone, action },
    }),
  },
]

const unbound: Daemon = {
  product: 'Unbound',
  vendor: 'NLnet Labs',
  logsource: { category: 'dns', service: 'unbound' },
  kinds,
}

const own =
  /^(?:\[(?<seconds>\d{9,11})\] unbound)?\[\d{1,10}:[0-9a-f]{1,8}\] (?<level>[a-z]{3,16}): /

/** True of a line of Unbound's own file: `[seconds] unbound[pid:thread] level: …`. */
export function looksLikeUnbound(text: string): boolean {
  return own.exec(text)?.groups?.['seconds'] !== undefined
}

/**
 * Messages of Unbound (log-queries, log-replies, log-local-actions): DNS Activity (OCSF 4003).
 * https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html
 */
export function normaliseUnbound(fields: SyslogFields): Read {
  const found = own.exec(fields.message)
  const seconds = found?.groups?.['seconds']
  const message = fields.message.slice(found?.[0].length ?? 0)
  const { draft, record } = normaliseDaemon(fields, unbound, message)
  const time = seconds === undefined ? draft.time : Number(seconds) * 1000
  return {
    draft: { ...draft, message, time, original_time: seconds ?? draft.original_time },
    record,
  }
}
