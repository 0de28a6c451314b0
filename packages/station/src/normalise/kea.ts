import { readIsoTime } from '../parse/instant.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, normaliseDaemon } from './daemon-message.ts'
import { dhcpAbout } from './dhcp-message.ts'
import type { Read, Surroundings } from './draft.ts'

/** What Kea's message identifiers mean among the messages of RFC 2131. */
const meanings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    DHCP4_LEASE_ADVERT: 'DHCPOFFER',
    DHCP4_LEASE_OFFER: 'DHCPOFFER',
    DHCP4_LEASE_ALLOC: 'DHCPACK',
    DHCP6_LEASE_ALLOC: 'DHCPACK',
    DHCP4_RELEASE: 'DHCPRELEASE',
    DHCP6_RELEASE_NA: 'DHCPRELEASE',
    DHCP4_DECLINE_LEASE: 'DHCPDECLINE',
    ALLOC_ENGINE_V4_LEASE_RECLAIM: 'DHCPEXPIRE',
  }),
)

const head =
  /^(?:(?<time>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}) )?(?<level>FATAL|ERROR|WARN|INFO|DEBUG) {1,2}\[(?<logger>kea-[\w.-]{1,64})\/\d{1,10}(?:\.[\w]{1,20})?\] (?<id>[A-Z0-9_]{3,80}) /

/** True of a line of Kea's own: level, `[logger/process.thread]`, message identifier. */
export function looksLikeKea(text: string): boolean {
  return head.test(text)
}

const kea: Daemon = {
  product: 'Kea',
  vendor: 'ISC',
  kinds: [
    {
      pattern:
        /^(?<id>[A-Z0-9_]{3,80}) (?:\[hwtype=\d{1,5} (?<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\])?(?:[^:]|:(?! )){0,400}(?:: (?:lease|address|released|reclaimed expired lease for address|received DHCPDECLINE for addr)? ?(?<ip>[0-9A-Fa-f.:]{7,45})?(?<detail>.{0,400}))?/,
      about: ({ id = '', mac, ip }) => ({
        ...(meanings.has(id) && dhcpAbout({ what: meanings.get(id), mac, ip })),
        event_code: id,
      }),
    },
  ],
}

const severities: Readonly<Record<string, number>> = { FATAL: 6, ERROR: 4, WARN: 3 }

/**
 * Messages of Kea's DHCP servers, by syslog or from a file of their own: DHCP Activity (OCSF 4004) for leases.
 * https://kea.readthedocs.io/en/latest/kea-messages.html
 */
export function normaliseKea(fields: SyslogFields, { zone }: Surroundings): Read {
  const found = head.exec(fields.message)
  const { time: text = '', level = '', logger, id = '' } = found?.groups ?? {}
  const message = found ? fields.message.slice(found[0].length - id.length - 1) : fields.message
  const { draft, record } = normaliseDaemon(fields, kea, message)
  const time = readIsoTime(text, zone)
  return {
    draft: {
      ...draft,
      message,
      severity: Math.max(draft.severity, severities[level] ?? 1),
      log_name: logger ?? draft.log_name,
      time: time?.at ?? draft.time,
      original_time: time?.original ?? draft.original_time,
    },
    record,
  }
}
