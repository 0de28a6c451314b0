import type { Groups, MessageAbout } from './daemon-message.ts'
import { addressOf, present } from './draft.ts'

/** OCSF DHCP Activity (4004) of the messages of RFC 2131. */
const activities: ReadonlyMap<string, number> = new Map(
  Object.entries({
    DHCPDISCOVER: 1,
    DHCPOFFER: 2,
    DHCPREQUEST: 3,
    DHCPDECLINE: 4,
    DHCPACK: 5,
    DHCPNAK: 6,
    DHCPRELEASE: 7,
    DHCPINFORM: 8,
    DHCPEXPIRE: 9,
  }),
)

/** What a DHCP server says of one client: its hardware and network address and its name. */
export function dhcpAbout({ what = '', ip, mac, host, via, detail }: Groups): MessageAbout {
  const isRefused = what === 'DHCPNAK' || what === 'DHCPDECLINE'
  return {
    class: 'dhcp_activity',
    activity: activities.get(what) ?? 99,
    severity: isRefused ? 2 : 1,
    status: isRefused ? 'failure' : undefined,
    status_detail: detail?.trim(),
    event_code: what,
    src_endpoint: present({
      ip: addressOf(ip),
      mac: mac?.toLowerCase(),
      hostname: host || undefined,
    }),
    unmapped: via === undefined ? {} : { interface: via },
  }
}
