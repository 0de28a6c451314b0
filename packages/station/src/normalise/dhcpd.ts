import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, type MessageKind, normaliseDaemon } from './daemon-message.ts'
import { dhcpAbout } from './dhcp-message.ts'
import type { Read } from './draft.ts'

const mac = '(?<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})'
const host = '(?: \\((?<host>[^)]{0,255})\\))?'
const via = '(?: via (?<via>[^ :]{1,64}))?(?:[: ](?<detail>.{1,300}))?$'

const kinds: readonly MessageKind[] = [
  { pattern: new RegExp(`^(?<what>DHCPDISCOVER) from ${mac}${host}${via}`), about: dhcpAbout },
  {
    pattern: new RegExp(
      `^(?<what>DHCPREQUEST|DHCPDECLINE|DHCPRELEASE) (?:for|of) (?<ip>[0-9.]{7,15})(?: \\([0-9.]{7,15}\\))? from ${mac}${host}${via}`,
    ),
    about: dhcpAbout,
  },
  {
    pattern: new RegExp(
      `^(?<what>DHCPOFFER|DHCPACK|DHCPNAK) (?:on|to) (?<ip>[0-9.]{7,15})(?: (?:to )?\\(?${mac}\\)?)?${host}${via}`,
    ),
    about: dhcpAbout,
  },
  {
    pattern: /^(?<what>DHCPINFORM) from (?<ip>[0-9.]{7,15}) via (?<via>[^ ]{1,64})/,
    about: dhcpAbout,
  },
  {
    pattern: /: network (?<network>[^ ]{1,64}): no free leases/,
    about: ({ network }) => ({
      severity: 3,
      status: 'failure',
      status_detail: 'no free leases',
      unmapped: { network },
    }),
  },
]

const dhcpd: Daemon = { product: 'ISC DHCP', vendor: 'ISC', kinds }

/** Messages of ISC dhcpd: DHCP Activity (OCSF 4004). https://manpages.debian.org/bookworm/isc-dhcp-server/dhcpd.8.en.html */
export function normaliseDhcpd(fields: SyslogFields): Read {
  return normaliseDaemon(fields, dhcpd)
}
