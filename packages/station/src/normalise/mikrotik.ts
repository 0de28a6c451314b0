import { type Unreadable, unreadable } from '../parse/parsed.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Draft, present, type Read } from './draft.ts'
import { macOf } from './endpoint.ts'
import { connectionOf, firewallRecord, verdictInPrefix } from './firewall.ts'
import { attributesRead, findReading, type Reading } from './readings.ts'
import { normaliseSyslog } from './syslog.ts'

const topics =
  /^(?:account|async|backup|bgp|bridge|caps|certificate|container|dhcp|dns|dot1x|e-mail|firewall|gps|hotspot|igmp-proxy|interface|ipsec|iscsi|isdn|kvm|l2tp|lora|ldp|manager|mme|mpls|ntp|ospf|ovpn|pim|ppp|pppoe|pptp|radius|radvd|rip|route|rsvp|script|sertcp|smb|sstp|state|store|system|telephony|tftp|timer|tr069|ups|vrrp|watchdog|web-proxy|wireguard|wireless)(?:,[a-z0-9!-]{1,24}){0,6},(?:info|warning|error|critical|debug)(?:,[a-z0-9!-]{1,24}){0,6} /
const chain = /(?:^|[ ,])in:\S{1,64} out:(?:\(unknown \d{1,4}\)|\S{1,64}?),? /

/** True of a line of RouterOS: its topics come first, or what its firewall saw. */
export function looksLikeMikrotik(text: string): boolean {
  if (topics.test(text)) return true
  const start = text.slice(0, 256)
  return start.includes(' out:') && chain.test(start) && / proto [\w-]{1,16}.{0,160}->/.test(text)
}

const end = (name: string, port: string) =>
  `\\[?(?<${name}>[0-9a-fA-F.:]{2,45}?)\\]?(?::(?<${port}>\\d{1,5}))?`
const authentication = {
  class: 'authentication',
  activity: 1,
  severity: 1,
  status: 'success',
  logon_type: 'remote',
} as const

const readings: readonly Reading[] = [
  {
    pattern: new RegExp(
      `(?:^|[ ,])in:(?<srcif>\\S{1,64}) out:(?<dstif>\\(unknown \\d{1,4}\\)|\\S{1,64}?),? (?:connection-state:[\\w,]{1,64} )?(?:src-mac (?<mac>[0-9a-fA-F:]{17}), )?proto (?<proto>[\\w-]{1,16})(?: \\([^)]{0,64}\\))?, ${end('src', 'sport')}->${end('dst', 'dport')}(?:,|$)`,
    ),
    about: { class: 'network_activity', activity: 6, severity: 1 },
  },
  {
    pattern:
      /^user (?<user>\S{1,256}) logged in from (?<src>[\w.:%-]{1,64}) via (?<method>[\w-]{1,32})/,
    about: authentication,
  },
  {
    pattern:
      /^user (?<user>\S{1,256}) logged out from (?<src>[\w.:%-]{1,64}) via (?<method>[\w-]{1,32})/,
    about: { ...authentication, activity: 2 },
  },
  {
    pattern:
      /^(?<detail>login failure) for user (?<user>.{0,256}?) from (?<src>[\w.:%-]{1,64}) via (?<method>[\w-]{1,32})/,
    about: { ...authentication, severity: 2, status: 'failure' },
  },
  {
    pattern: /^(?<user>\S{1,256}) logged in, (?<assigned>\S{1,64}) from (?<src>[\w.:%-]{1,64})/,
    about: authentication,
  },
  {
    pattern:
      /^(?<user>\S{1,256}) logged out, \d{1,12} \d{1,15} \d{1,15} \d{1,15} \d{1,15} from (?<src>[\w.:%-]{1,64})/,
    about: { ...authentication, activity: 2 },
  },
  {
    pattern:
      /^<?(?<detail>[\w-]{1,64})-(?<user>\S{1,256})>?: (?:user \S{1,256} )?authentication failed/,
    about: { ...authentication, severity: 2, status: 'failure' },
  },
  {
    pattern: /^user (?<user>\S{1,256}) added by (?<actor>[^\s:(]{1,256})/,
    about: { class: 'account_change', activity: 1, severity: 2 },
  },
  {
    pattern: /^user (?<user>\S{1,256}) removed by (?<actor>[^\s:(]{1,256})/,
    about: { class: 'account_change', activity: 6, severity: 2 },
  },
  {
    pattern:
      /^(?<server>\S{1,64}) assigned (?<src>[\d.]{7,15}) (?:for|to) (?<mac>[0-9a-fA-F:]{17})(?: (?<name>\S{1,255}))?/,
    about: { class: 'dhcp_activity', activity: 5, severity: 1 },
  },
  {
    pattern:
      /^(?<server>\S{1,64}) deassigned (?<src>[\d.]{7,15}) (?:for|from) (?<mac>[0-9a-fA-F:]{17})(?: (?<name>\S{1,255}))?/,
    about: { class: 'dhcp_activity', activity: 7, severity: 1 },
  },
]

const severityOfTopic: ReadonlyMap<string, number> = new Map(
  Object.entries({ warning: 3, error: 4, critical: 5 }),
)

/**
 * One line of MikroTik RouterOS (https://help.mikrotik.com/docs/spaces/ROS/pages/328094/Log). What was done
 * with a packet stands in the prefix the administrator chose, if anywhere. Reason: `mikrotik.no-topics`.
 */
export function normaliseMikrotik(header: SyslogFields): Read | Unreadable {
  const line = lineOf(header)
  if (!looksLikeMikrotik(line)) {
    return unreadable('mikrotik.no-topics', 'neither topics nor a packet of the firewall')
  }
  const head = topics.exec(line)?.[0]
  const named = head?.trim().split(',') ?? ['firewall']
  const text = line.slice(head?.length ?? 0)
  const base = normaliseSyslog({ ...header, program: undefined, message: text })
  const grade = Math.max(...named.map((topic) => severityOfTopic.get(topic) ?? 1))
  const draft: Draft = {
    ...base.draft,
    severity: grade,
    product: 'RouterOS',
    vendor: 'MikroTik',
    log_name: named.join(','),
    logsource: { product: 'mikrotik', ...(named[0] && { service: named[0] }) },
  }
  const found = findReading(readings, text)
  if (!found) return { draft, record: { ...base.record, topics: named } }
  return withReading(draft, { ...base.record, topics: named }, found)
}

/** A syslog reader takes the chain before the packet for the program. */
function lineOf({ program, message }: SyslogFields): string {
  return program === undefined ? message : `${program}: ${message}`
}

function withReading(
  draft: Draft,
  record: Record<string, unknown>,
  { reading, groups }: NonNullable<ReturnType<typeof findReading>>,
): Read {
  const attributes = attributesRead(groups)
  const isPacket = reading.about.class === 'network_activity'
  const verdict = isPacket
    ? verdictInPrefix(draft.message.slice(0, Math.max(0, draft.message.indexOf('in:'))))
    : undefined
  const { mac, name, srcif, dstif, server, assigned } = groups
  return {
    draft: {
      ...draft,
      ...attributes,
      ...reading.about,
      ...(isPacket && connectionOf(verdict)),
      severity: Math.max(
        isPacket ? connectionOf(verdict).severity : reading.about.severity,
        draft.severity,
      ),
      src_endpoint: present({
        ...attributes.src_endpoint,
        mac: mac === undefined ? undefined : macOf(mac),
        ...(name !== undefined && { hostname: name }),
      }),
      logsource: isPacket ? { ...draft.logsource, category: 'firewall' } : draft.logsource,
      unmapped: {
        ...draft.unmapped,
        ...present({ source_interface: srcif, target_interface: dstif, server, assigned }),
      },
    },
    record: firewallRecord(record, verdict),
  }
}
