import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, normaliseDaemon } from './daemon-message.ts'
import type { Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'

const mark = /^(?:\[ *\d{1,10}\.\d{6}\] )?wireguard: (?<interface>[\w.-]{1,15}): /

/** True of a message of the kernel's WireGuard (dynamic debug on). */
export function looksLikeWireguard(text: string): boolean {
  return mark.test(text)
}

const peer =
  'peer (?<peer>\\d{1,10})(?: \\((?<ip>[0-9.]{7,15}|\\[?[0-9A-Fa-f:]{2,39}\\]?):(?<port>\\d{1,5})\\))?'

const wireguard: Daemon = {
  product: 'WireGuard',
  kinds: [
    {
      pattern: new RegExp(
        `^(?<what>Receiving handshake initiation|Receiving handshake response|Sending handshake initiation|Sending handshake response|Receiving keepalive packet|Sending keepalive packet) (?:from|to) ${peer}`,
      ),
      about: ({ what = '', peer: uid, ip, port }) => {
        const other = endpointOf(ip?.replace(/[[\]]/g, ''), port)
        const isIncoming = what.startsWith('Receiving')
        return {
          class: 'network_activity',
          activity: what.includes('handshake') ? 1 : 6,
          ...(isIncoming ? { src_endpoint: other } : { dst_endpoint: other }),
          connection_info: { direction: isIncoming ? 'inbound' : 'outbound' },
          unmapped: { peer: uid },
        }
      },
    },
    {
      pattern: new RegExp(`^(?<what>Handshake for) ${peer} did not complete after`),
      about: ({ peer: uid, ip, port }) => ({
        class: 'network_activity',
        activity: 4,
        severity: 2,
        status: 'failure',
        dst_endpoint: endpointOf(ip, port),
        unmapped: { peer: uid },
      }),
    },
    {
      pattern:
        /^(?<what>Invalid (?:handshake (?:initiation|response)|MAC of handshake|packet).{0,60}?)(?: from|, dropping packet from) (?:peer (?<peer>\d{1,10}) \()?(?<ip>[0-9.]{7,15}|\[?[0-9A-Fa-f:]{2,39}\]?):(?<port>\d{1,5})/,
      about: ({ what, ip, port }) => ({
        class: 'network_activity',
        activity: 5,
        severity: 2,
        status: 'failure',
        status_detail: what,
        src_endpoint: endpointOf(ip?.replace(/[[\]]/g, ''), port),
      }),
    },
  ],
}

/** Messages of the kernel's WireGuard: handshakes and refused packets. https://www.wireguard.com/quickstart/#debug-info */
export function normaliseWireguard(fields: SyslogFields): Read {
  const found = mark.exec(fields.message)
  const message = fields.message.slice(found?.[0].length ?? 0)
  const { draft, record } = normaliseDaemon(fields, wireguard, message)
  const name = found?.groups?.['interface']
  const unmapped = { ...draft.unmapped, ...(name && { interface: name }) }
  return { draft: { ...draft, unmapped }, record }
}
