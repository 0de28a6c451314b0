import type { Logsource } from '@haidang/contracts/event'
import type { WindowsRecord } from '../parse/windows-json.ts'
import type { Draft, Read, Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { timeOf } from './json.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import {
  defenderDrafts,
  firewallDrafts,
  remoteConnectionDrafts,
  sessionDrafts,
  taskSchedulerDrafts,
  wmiDrafts,
} from './windows-channels.ts'
import { windowsLogsource } from './windows-logsource.ts'
import { withSysmonNames } from './windows-names.ts'
import { classicPowershellDrafts, powershellDrafts } from './windows-powershell.ts'
import { securityDrafts } from './windows-security.ts'
import { sysmonDrafts } from './windows-sysmon.ts'
import { systemReader } from './windows-system.ts'

/** Readers of a log by its name in Sigma, else by its channel in lower case; the System log has its own way. */
const readers: ReadonlyMap<string, ReadonlyMap<number, WindowsReader>> = new Map([
  ['security', securityDrafts],
  ['sysmon', sysmonDrafts],
  ['powershell', powershellDrafts],
  ['powershell-classic', classicPowershellDrafts],
  ['taskscheduler', taskSchedulerDrafts],
  ['wmi', wmiDrafts],
  ['windefend', defenderDrafts],
  ['firewall-as', firewallDrafts],
  ['terminalservices-localsessionmanager', sessionDrafts],
  [
    'microsoft-windows-terminalservices-remoteconnectionmanager/operational',
    remoteConnectionDrafts,
  ],
])

function readerOf({ channel, provider, eventId }: WindowsRecord, service: string | undefined) {
  if (service === 'system') return systemReader(provider, eventId)
  if (service === 'security' && provider === 'AD FS Auditing') return federated
  return readers.get(service ?? channel.toLowerCase())?.get(eventId)
}

/** What the federation service writes to the Security log: somebody was let in, or not. */
function federated(): WindowsAbout {
  return { class: 'authentication', activity: 99, auth_protocol: 'AD FS' }
}

const head: ReadonlySet<string> = new Set([
  'EventID',
  'Channel',
  'Provider_Name',
  'SourceName',
  'Computer',
  'Hostname',
  'EventTime',
  'TimeCreated',
  '@timestamp',
])

/** A Windows event: by channel and id what it means; what no reader knows becomes a base event with its fields. */
export function normaliseWindows(windows: WindowsRecord, around: Surroundings): Read {
  const { eventId, channel, provider, computer, fields: object } = windows
  const fields = new Fields(object, head)
  const logsource = windowsLogsource(channel, eventId, object)
  const about = readerOf(windows, logsource.service)?.(fields)
  // Sysmon says when it saw it, in UTC; the record may have been written later.
  const seen =
    logsource.service === 'sysmon'
      ? timeOf(object['UtcTime'], { ...around, zone: 'UTC' })
      : undefined
  const time = seen ?? timeOf(windows.time, { ...around, zone: windowsZone(windows, around) })
  if (seen) fields.skip('UtcTime')
  const text = firstLine(fields.text('Message'))
  const draft: Draft = {
    class: 'base_event',
    activity: 99,
    severity: severityOf(fields.text('Level')),
    ...about,
    message: about?.message ?? text ?? `${provider || channel || 'Windows'} ${eventId}`,
    product: logsource.product === 'linux' ? 'Sysmon for Linux' : 'Windows',
    vendor: 'Microsoft',
    log_name: channel || undefined,
    event_code: String(eventId),
    logsource: withStated(logsource, object),
    time: time?.at,
    original_time: time?.original,
    device: computer ? { hostname: computer } : undefined,
    unmapped: fields.rest(),
  }
  return { draft, record: withSysmonNames(object, logsource) }
}

/** The log source of a Windows event: as its channel and id say, else as it says itself. */
export function windowsLogsourceOf({ channel, eventId, fields }: WindowsRecord): Logsource {
  return withStated(windowsLogsource(channel, eventId, fields), fields)
}

function withStated(concluded: Logsource, fields: WindowsRecord['fields']): Logsource {
  return 'category' in fields ? { ...stated(fields), ...concluded } : concluded
}

/** NXLog writes local time without zone in EventTime; the others write UTC. */
function windowsZone({ fields }: WindowsRecord, { zone }: Surroundings): string {
  return 'EventTime' in fields ? zone : 'UTC'
}

/** Records cut down to their fields may say their category themselves. */
function stated(object: Readonly<Record<string, unknown>>): { category?: string } {
  const { category } = object
  return typeof category === 'string' && /^[a-z_]{1,64}$/.test(category) ? { category } : {}
}

/** OCSF severities of Windows levels 1 (critical) to 5 (verbose), also as words. */
const levels: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '1': 5,
    '2': 4,
    '3': 3,
    critical: 5,
    error: 4,
    warning: 3,
  }),
)

function severityOf(level: string | undefined): number {
  return levels.get(level?.toLowerCase() ?? '') ?? 1
}

function firstLine(text: string | undefined): string | undefined {
  const line = text?.split('\n', 1)[0]?.trim()
  return line || undefined
}
