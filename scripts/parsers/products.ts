import type { Event } from '@haidang/contracts/event'

/** Notations that any program may write: what their records mean only their writers know. */
const generic: ReadonlySet<string> = new Set([
  'json',
  'syslog',
  'key-values',
  'cef',
  'leef',
  'csv',
  'otlp',
])

/** The logs of Windows whose events are read one by one; of the others head, fields and text are kept. */
const windowsLogs: ReadonlySet<string> = new Set([
  'security',
  'microsoft-windows-sysmon/operational',
  'linux-sysmon/operational',
  'microsoft-windows-powershell/operational',
  'windows powershell',
  'microsoft-windows-taskscheduler/operational',
  'microsoft-windows-wmi-activity/operational',
  'microsoft-windows-windows defender/operational',
  'microsoft-windows-windows firewall with advanced security/firewall',
  'microsoft-windows-terminalservices-localsessionmanager/operational',
  'microsoft-windows-terminalservices-remoteconnectionmanager/operational',
])

export interface Product {
  readonly name: string
  /** Whether its records have to have class, time and observables. */
  readonly supported: boolean
}

/** The product an event counts for: its format; of Windows its log. */
export function productOf({ metadata }: Event): Product {
  const { parser, log_name = '' } = metadata
  if (!parser.startsWith('windows')) return { name: parser, supported: !generic.has(parser) }
  const log = log_name.toLowerCase()
  return { name: `windows ${log || '(no channel)'}`, supported: windowsLogs.has(log) }
}
