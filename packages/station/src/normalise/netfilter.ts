import { readKeyValues } from '../parse/key-values.ts'
import { type Unreadable, unreadable } from '../parse/parsed.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { present, type Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { connectionOf, firewallRecord, protocolName, verdictInPrefix } from './firewall.ts'
import { normaliseSyslog } from './syslog.ts'

/** True of what the kernel logs of a packet: the fields of its LOG target, in their order. */
export function looksLikeNetfilter(text: string): boolean {
  const at = text.indexOf('IN=')
  if (at < 0 || at > 256) return false
  const out = text.indexOf(' OUT=', at)
  return out > 0 && text.indexOf(' SRC=', out) > 0 && text.indexOf(' DST=', out) > 0
}

/**
 * One packet logged by iptables, nftables or ufw: Network Activity (OCSF 4001). What was done with it stands
 * in the prefix the administrator chose, if anywhere. Reason: `netfilter.no-packet`.
 */
export function normaliseNetfilter(header: SyslogFields): Read | Unreadable {
  if (!looksLikeNetfilter(header.message)) {
    return unreadable('netfilter.no-packet', 'no IN= OUT= SRC= DST=')
  }
  const start = header.message.indexOf('IN=')
  const prefix = header.message
    .slice(0, start)
    .replace(/^\[ *\d{1,12}\.\d{1,9}\] ?/, '')
    .trim()
  const { values, words } = readKeyValues(header.message.slice(start))
  const fields = new Fields(values)
  const verdict = verdictInPrefix(prefix)
  const base = normaliseSyslog(header)
  const mac = fields.text('MAC')?.split(':')
  return {
    draft: {
      ...base.draft,
      ...connectionOf(verdict),
      status_detail: prefix || undefined,
      product: /^\[?UFW /.test(prefix) ? 'ufw' : 'netfilter',
      vendor: 'Linux',
      process: undefined,
      logsource: { product: 'linux', category: 'firewall', service: 'syslog' },
      src_endpoint: endpointOf(
        compressed(fields.text('SRC')),
        fields.text('SPT'),
        mac?.length === 14 ? mac.slice(6, 12).join(':') : undefined,
      ),
      dst_endpoint: endpointOf(compressed(fields.text('DST')), fields.text('DPT')),
      connection_info: present({
        protocol_name: protocolName(fields.text('PROTO')),
        direction: directionOf(fields.text('IN'), fields.text('OUT')),
      }),
      unmapped: {
        ...base.draft.unmapped,
        ...fields.rest(),
        ...(words.length > 0 && { flags: words }),
      },
    },
    record: firewallRecord({ ...base.record, ...values }, verdict),
  }
}

/** The kernel writes addresses of IPv6 in full; everybody else shortens them (RFC 5952). */
function compressed(address: string | undefined): string | undefined {
  if (address === undefined || !/^[0-9a-fA-F:]{39}$/.test(address)) return address
  const url = `http://[${address}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address
}

/** To this machine, from it, or through it. */
function directionOf(into: string | undefined, out: string | undefined) {
  if (into !== undefined && out !== undefined) return 'unknown'
  if (into !== undefined) return 'inbound'
  return out === undefined ? undefined : 'outbound'
}
