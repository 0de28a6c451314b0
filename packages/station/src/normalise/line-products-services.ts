import { looksLikeMariadbAudit, parseMariadbAudit } from '../parse/mariadb-audit.ts'
import { looksLikeNamed } from '../parse/named.ts'
import { looksLikePostgres } from '../parse/postgresql.ts'
import { normaliseBind } from './bind.ts'
import { normaliseDhcpd } from './dhcpd.ts'
import { normaliseDnsmasq } from './dnsmasq.ts'
import { normaliseDovecot } from './dovecot.ts'
import { looksLikeKea, normaliseKea } from './kea.ts'
import { normaliseMariadbAudit } from './mariadb-audit.ts'
import { normaliseOpenvpn } from './openvpn.ts'
import { normalisePostfix } from './postfix.ts'
import { normalisePostgresql } from './postgresql.ts'
import type { LineProduct } from './product.ts'
import { looksLikeUnbound, normaliseUnbound } from './unbound.ts'
import { looksLikeWireguard, normaliseWireguard } from './wireguard.ts'

const postfixParts =
  'smtpd smtp lmtp qmgr nqmgr cleanup pickup local virtual pipe bounce defer trace error discard anvil scache master postscreen dnsblog verify tlsproxy tlsmgr proxymap showq flush trivial-rewrite postfix-script submission/smtpd submissions/smtpd smtps/smtpd postdrop sendmail'

/** Services: names, addresses, mail, tunnels, databases. */
export const serviceProducts: readonly LineProduct[] = [
  { format: 'bind', programs: ['named'], recognises: looksLikeNamed, read: normaliseBind },
  {
    format: 'unbound',
    programs: ['unbound'],
    recognises: looksLikeUnbound,
    read: normaliseUnbound,
  },
  { format: 'dnsmasq', programs: ['dnsmasq', 'dnsmasq-dhcp'], read: normaliseDnsmasq },
  { format: 'dhcpd', programs: ['dhcpd'], read: normaliseDhcpd },
  {
    format: 'kea',
    programs: ['kea-dhcp4', 'kea-dhcp6', 'kea-ctrl-agent', 'kea-dhcp-ddns'],
    recognises: looksLikeKea,
    read: normaliseKea,
  },
  {
    format: 'postfix',
    programs: postfixParts.split(' ').map((part) => `postfix/${part}`),
    read: normalisePostfix,
  },
  { format: 'dovecot', programs: ['dovecot'], read: normaliseDovecot },
  {
    format: 'openvpn',
    programs: ['openvpn', 'ovpn-server', 'openvpn-server'],
    read: normaliseOpenvpn,
  },
  {
    format: 'mariadb-audit',
    recognises: looksLikeMariadbAudit,
    read: ({ message }, around) => {
      const line = parseMariadbAudit(message)
      return line.ok ? normaliseMariadbAudit(line.value, around) : line
    },
  },
  {
    format: 'postgresql',
    programs: ['postgres', 'postgresql'],
    recognises: looksLikePostgres,
    read: normalisePostgresql,
  },
  { format: 'wireguard', recognises: looksLikeWireguard, read: normaliseWireguard },
]
