import type { CollectorKind, RecordFormat } from '@haidang/contracts/source'

/** Names of protocols and products are the same in every language. */
export const collectorNames: Record<CollectorKind, string> = {
  'syslog-udp': 'Syslog UDP',
  'syslog-tcp': 'Syslog TCP',
  'json-lines': 'JSON lines',
  'tail-file': 'Tail file',
}

export const formatNames: Record<Exclude<RecordFormat, 'auto'>, string> = {
  syslog: 'Syslog',
  'suricata-eve': 'Suricata EVE',
  'zeek-json': 'Zeek JSON',
  'windows-json': 'Windows event JSON',
  sshd: 'sshd',
  sudo: 'sudo',
  'access-log': 'nginx, Apache access log',
  auditd: 'Linux auditd',
  json: 'JSON',
}
