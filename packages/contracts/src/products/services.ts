import type { Product } from '../product.ts'
import { commands, filebeat, rsyslog, tail } from './sending.ts'

const program = (name: string) => rsyslog(`if $programname startswith "${name}"`)

/** Names and addresses, tunnels, databases. */
export const services: readonly Product[] = [
  {
    id: 'bind',
    name: 'BIND',
    vendor: 'ISC',
    kind: 'names',
    formats: ['bind'],
    ways: [
      {
        ...program('named'),
        put: 'named.conf, then rsyslog: /etc/rsyslog.d/90-haidang.conf',
        lines: `# named.conf
logging {
  channel to_syslog { syslog daemon; severity info; print-category yes; };
  category default { to_syslog; };
  category queries { to_syslog; };
  category security { to_syslog; };
};
# rsyslog
${program('named').lines}`,
      },
      tail('/var/log/named/query.log'),
    ],
    first: {
      vi: 'Hỏi một tên: “dig @máy-chủ example.vn”.',
      en: 'Ask for a name: “dig @server example.vn”.',
    },
    versions: 'BIND 9.11 – 9.20',
    documentation: 'https://bind9.readthedocs.io/en/stable/reference.html#query-log-format',
    words: 'dns named tên miền',
  },
  {
    id: 'unbound',
    name: 'Unbound',
    vendor: 'NLnet Labs',
    kind: 'names',
    formats: ['unbound'],
    ways: [
      {
        ...program('unbound'),
        put: 'unbound.conf, then rsyslog: /etc/rsyslog.d/90-haidang.conf',
        lines: `# unbound.conf
server:
  use-syslog: yes
  log-queries: yes
  log-replies: yes
# rsyslog
${program('unbound').lines}`,
      },
      tail('/var/log/unbound.log'),
    ],
    first: {
      vi: 'Hỏi một tên: “dig @máy-chủ example.vn”.',
      en: 'Ask for a name: “dig @server example.vn”.',
    },
    versions: 'Unbound 1.13 – 1.24',
    documentation: 'https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html',
    words: 'dns tên miền',
  },
  {
    id: 'dnsmasq',
    name: 'dnsmasq',
    vendor: 'Simon Kelley',
    kind: 'names',
    formats: ['dnsmasq'],
    ways: [
      {
        ...program('dnsmasq'),
        put: 'dnsmasq.conf, then rsyslog: /etc/rsyslog.d/90-haidang.conf',
        lines: `# dnsmasq.conf
log-queries=extra
log-dhcp
# rsyslog
${program('dnsmasq').lines}`,
      },
    ],
    first: {
      vi: 'Hỏi một tên, hoặc nối một máy xin địa chỉ.',
      en: 'Ask for a name, or let a machine ask for an address.',
    },
    versions: 'dnsmasq 2.80 – 2.91',
    documentation: 'https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html',
    words: 'dns dhcp tên miền',
  },
  {
    id: 'isc-dhcp',
    name: 'ISC DHCP',
    vendor: 'ISC',
    kind: 'names',
    formats: ['dhcpd'],
    ways: [program('dhcpd')],
    first: {
      vi: 'Cho một máy xin lại địa chỉ: DHCPREQUEST, DHCPACK.',
      en: 'Let a machine renew its address: DHCPREQUEST, DHCPACK.',
    },
    versions: 'ISC DHCP 4.x',
    documentation: 'https://manpages.debian.org/bookworm/isc-dhcp-server/dhcpd.8.en.html',
    words: 'dhcpd địa chỉ',
  },
  {
    id: 'kea',
    name: 'Kea DHCP',
    vendor: 'ISC',
    kind: 'names',
    formats: ['kea'],
    ways: [program('kea-dhcp'), tail('/var/log/kea/kea-dhcp4.log')],
    first: {
      vi: 'Cho một máy xin lại địa chỉ: DHCP4_LEASE_ALLOC.',
      en: 'Let a machine renew its address: DHCP4_LEASE_ALLOC.',
    },
    versions: 'Kea 2.0 – 3.0',
    documentation: 'https://kea.readthedocs.io/en/latest/kea-messages.html',
    words: 'dhcp địa chỉ',
  },
  {
    id: 'openvpn',
    name: 'OpenVPN',
    vendor: 'OpenVPN',
    kind: 'tunnel',
    formats: ['openvpn'],
    ways: [program('ovpn'), tail('/var/log/openvpn/openvpn.log')],
    first: {
      vi: 'Một người nối VPN: “Peer Connection Initiated”.',
      en: 'Somebody connects: “Peer Connection Initiated”.',
    },
    versions: 'OpenVPN 2.4 – 2.6',
    documentation: 'https://openvpn.net/community-docs/',
    words: 'vpn đường hầm truy cập từ xa',
  },
  {
    id: 'wireguard',
    name: 'WireGuard',
    vendor: 'WireGuard',
    kind: 'tunnel',
    formats: ['wireguard'],
    ways: [
      {
        ...rsyslog('kern.*'),
        lines: `# as root, to make the module write:
# echo module wireguard +p > /sys/kernel/debug/dynamic_debug/control
${rsyslog('kern.*').lines}`,
      },
    ],
    first: {
      vi: 'Một máy nối VPN: “Receiving handshake initiation”.',
      en: 'A peer connects: “Receiving handshake initiation”.',
    },
    versions: 'Linux 5.6 –',
    documentation: 'https://www.wireguard.com/quickstart/#debug-info',
    words: 'vpn wg đường hầm',
  },
  {
    id: 'mysql',
    name: 'MySQL, Percona Server',
    vendor: 'Oracle, Percona',
    kind: 'database',
    formats: ['mysql-audit'],
    ways: [
      {
        ...filebeat('/var/lib/mysql/audit.log'),
        put: 'my.cnf, then filebeat.yml',
        lines: `# my.cnf, [mysqld]:  audit_log_format=JSON
${filebeat('/var/lib/mysql/audit.log').lines}`,
      },
      tail('/var/lib/mysql/audit.log'),
    ],
    first: { vi: 'Một kết nối tới máy chủ.', en: 'A connection to the server.' },
    versions: 'MySQL Enterprise 5.7 – 8.4, Percona Server 8',
    documentation: 'https://dev.mysql.com/doc/refman/8.4/en/audit-log-file-formats.html',
    words: 'sql cơ sở dữ liệu audit',
  },
  {
    id: 'mariadb',
    name: 'MariaDB',
    vendor: 'MariaDB',
    kind: 'database',
    formats: ['mariadb-audit'],
    ways: [
      {
        ...program('mysql-server_auditing'),
        put: 'my.cnf, then rsyslog: /etc/rsyslog.d/90-haidang.conf',
        lines: `# my.cnf, [mariadb]
plugin_load_add = server_audit
server_audit_logging = ON
server_audit_output_type = syslog
server_audit_events = CONNECT,QUERY_DDL,QUERY_DCL
# rsyslog
${program('mysql-server_auditing').lines}`,
      },
      tail('/var/lib/mysql/server_audit.log'),
    ],
    first: { vi: 'Một kết nối tới máy chủ: CONNECT.', en: 'A connection to the server: CONNECT.' },
    versions: 'MariaDB 10.4 – 11.8',
    documentation: 'https://mariadb.com/kb/en/mariadb-audit-plugin-log-format/',
    words: 'sql cơ sở dữ liệu audit mysql',
  },
  {
    id: 'postgresql',
    name: 'PostgreSQL',
    vendor: 'PostgreSQL',
    kind: 'database',
    formats: ['postgresql', 'postgresql-json'],
    ways: [
      {
        ...program('postgres'),
        put: 'postgresql.conf, then rsyslog: /etc/rsyslog.d/90-haidang.conf',
        lines: `# postgresql.conf
log_destination = 'syslog'
log_connections = on
log_disconnections = on
log_line_prefix = '%m [%p] %q%u@%d '
# rsyslog
${program('postgres').lines}`,
      },
      commands(
        'elastic-bulk',
        'postgresql.conf, then filebeat.yml',
        `# postgresql.conf (15 and later):  log_destination = 'jsonlog', logging_collector = on
${filebeat('/var/log/postgresql/*.json').lines}`,
      ),
      tail('/var/log/postgresql/*.json'),
    ],
    first: {
      vi: 'Một kết nối tới máy chủ: “connection authorized”.',
      en: 'A connection to the server: “connection authorized”.',
    },
    versions: 'PostgreSQL 12 – 18, pgAudit',
    documentation: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
    words: 'sql cơ sở dữ liệu pgaudit',
  },
]
