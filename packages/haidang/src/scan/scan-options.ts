import type { RecordFormat } from '@haidang/contracts/record-format'
import type { Unrouted } from '@haidang/detection/match/router'

/** What `haidang detect` can be told of the records; shapes of one product share its reader. */
export const scanFormats = {
  auto: 'auto',
  'windows-json': 'windows-json',
  winlogbeat: 'windows-json',
  'evtx-json': 'windows-json',
  'suricata-eve': 'suricata-eve',
  'zeek-json': 'zeek-json',
  json: 'json',
  ecs: 'auto',
  ocsf: 'json',
  auditd: 'syslog',
  syslog: 'syslog',
  sshd: 'sshd',
  sudo: 'sudo',
  'access-log': 'access-log',
} as const satisfies Record<string, RecordFormat>
export type ScanFormat = keyof typeof scanFormats

/** How files are scanned; plain data, it goes to threads. */
export interface ScanOptions {
  readonly format: ScanFormat
  /** IANA zone of times written without one. */
  readonly zone: string
  readonly unrouted: Unrouted
  /** Whether findings say why. */
  readonly explain: boolean
  /** Whether behaviour is watched; not, unless asked for. */
  readonly behaviour?: boolean
  /** Field of the record that holds its time, as RFC 3339 or seconds since the epoch; undefined: as its format says. */
  readonly timeField: string | undefined
}
