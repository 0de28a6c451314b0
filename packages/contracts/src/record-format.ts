import { z } from 'zod'

/** Formats a reader exists for, by the name of the product or notation; names are the same in every language. */
export const formatNames = {
  syslog: 'Syslog',
  'suricata-eve': 'Suricata EVE',
  'zeek-json': 'Zeek JSON',
  'windows-json': 'Windows event JSON',
  'windows-xml': 'Windows event XML',
  'windows-syslog': 'Windows event by syslog (Snare, NXLog)',
  sshd: 'sshd',
  sudo: 'sudo',
  'access-log': 'nginx, Apache access log',
  auditd: 'Linux auditd',
  su: 'su',
  cron: 'cron',
  systemd: 'systemd',
  'linux-accounts': 'Linux accounts (useradd, usermod, passwd)',
  bind: 'BIND',
  unbound: 'Unbound',
  dnsmasq: 'dnsmasq',
  dhcpd: 'ISC DHCP',
  kea: 'Kea DHCP',
  postfix: 'Postfix',
  dovecot: 'Dovecot',
  openvpn: 'OpenVPN',
  wireguard: 'WireGuard',
  'mysql-audit': 'MySQL, Percona audit JSON',
  'mariadb-audit': 'MariaDB audit',
  postgresql: 'PostgreSQL',
  'postgresql-json': 'PostgreSQL jsonlog',
  cloudtrail: 'AWS CloudTrail',
  m365: 'Microsoft 365',
  azure: 'Azure, Entra ID',
  wazuh: 'Wazuh',
  json: 'JSON',
  cef: 'CEF',
  leef: 'LEEF',
  'key-values': 'key=value',
  fortigate: 'FortiGate',
  'pan-os': 'Palo Alto PAN-OS',
  'cisco-asa': 'Cisco ASA',
  'cisco-ios': 'Cisco IOS',
  'check-point': 'Check Point',
  mikrotik: 'MikroTik RouterOS',
  filterlog: 'pfSense, OPNsense filterlog',
  netfilter: 'iptables, nftables, ufw',
  squid: 'Squid',
  modsecurity: 'ModSecurity error log',
  'modsecurity-audit': 'ModSecurity audit log (JSON)',
} as const

export type KnownFormat = keyof typeof formatNames

/** How records of a source are to be read; `auto` recognises the format by itself. */
export const RecordFormat = z.enum(['auto', ...(Object.keys(formatNames) as KnownFormat[])])
export type RecordFormat = z.infer<typeof RecordFormat>
