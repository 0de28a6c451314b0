import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  type MessageKind,
  normaliseDaemon,
} from './daemon-message.ts'
import { dhcpAbout } from './dhcp-message.ts'
import { dnsAbout } from './dns-message.ts'
import type { Read } from './draft.ts'

/** `log-queries=extra` puts a serial number and the asker before each line, `log-dhcp` a transaction. */
const extra = '^(?:\\d{1,10} (?:(?<client>[0-9A-Fa-f.:]{2,45})/(?<port>\\d{1,5}) )?)?'
const codes: ReadonlySet<string> = new Set(['NXDOMAIN', 'SERVFAIL', 'REFUSED', 'NOTIMP', 'FORMERR'])

function answered({ client, port, name, answer = '', source }: Groups): MessageAbout {
  const rcode = codes.has(answer) ? answer : 'NOERROR'
  const value = rcode === 'NOERROR' && !/^(?:NODATA|<)/.test(answer) ? answer : undefined
  return { ...dnsAbout({ client, port, name, rcode, answer: value }), unmapped: { source } }
}

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(
      `${extra}query\\[(?<type>[^\\] ]{1,32})\\] (?<name>[^ ]{1,1024}) from (?<asker>[0-9A-Fa-f.:]{2,45})$`,
    ),
    about: ({ asker, client, port, name, type }) =>
      dnsAbout({ client: client ?? asker, port, name, type }),
  },
  {
    pattern: new RegExp(
      `${extra}forwarded (?<name>[^ ]{1,1024}) to (?<server>[0-9A-Fa-f.:]{2,45})`,
    ),
    about: ({ client, port, name, server }) => ({
      ...dnsAbout({ client, port, name, server }),
      activity: 6,
    }),
  },
  {
    pattern: new RegExp(
      `${extra}(?<source>reply|cached|cached-stale|config|DHCP|/[^ ]{1,255}) (?<name>[^ ]{1,1024}) is (?<answer>[^ ]{1,1024})`,
    ),
    about: answered,
  },
  {
    pattern: new RegExp(`${extra}possible DNS-rebind attack detected: (?<name>[^ ]{1,1024})`),
    about: (said) => ({
      ...dnsAbout({ ...said, name: said['name'] }),
      class: 'detection_finding',
      activity: 1,
      severity: 4,
      finding: { title: 'possible DNS-rebind attack', category: 'dns-rebinding' },
    }),
  },
  {
    pattern:
      /^(?:\d{1,10} )?(?<what>DHCP[A-Z]{3,9})\((?<via>[^)]{1,32})\)(?: (?<ip>[0-9.]{7,15}))?(?: (?<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5}))?(?: (?<host>.{1,255}))?$/,
    about: ({ host, ...said }) =>
      dhcpAbout(
        // After a refusal its reason stands where the name would.
        said['what'] === 'DHCPNAK' ? { ...said, detail: host } : { ...said, host },
      ),
  },
]

const dnsmasq: Daemon = {
  product: 'dnsmasq',
  logsource: { category: 'dns', service: 'dnsmasq' },
  kinds,
}
const leases: Daemon = { product: 'dnsmasq', kinds: kinds.slice(-1) }

/**
 * Messages of dnsmasq: DNS Activity (OCSF 4003), and DHCP Activity (4004) of `dnsmasq-dhcp`.
 * https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html
 */
export function normaliseDnsmasq(fields: SyslogFields): Read {
  return normaliseDaemon(fields, fields.program === 'dnsmasq-dhcp' ? leases : dnsmasq)
}
