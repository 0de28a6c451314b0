import { type Parsed, unreadable } from './parsed.ts'
import type { SyslogFields } from './syslog-header.ts'
import { parseWindowsJson, type WindowsRecord } from './windows-json.ts'

/** What NXLog calls its structured data (to_syslog_ietf). */
const nxlog = 'NXLOG@14506'
const snare = /^(?:[^\t]{1,255}\t)?MSWinEventLog\t/

/** True of a Windows event as Snare writes it, or NXLog in structured data. */
export function looksLikeWindowsSyslog({ message, structured, program }: SyslogFields): boolean {
  return (
    structured[nxlog]?.['EventID'] !== undefined ||
    (program === 'MSWinEventLog' && message.includes('\t')) ||
    snare.test(message)
  )
}

/**
 * Reads a Windows event that comes by syslog as Snare writes it (columns apart by tabs, the rendered text
 * last) or as NXLog does in structured data (to_syslog_ietf). Of Snare's text the usual labels are read.
 * https://docs.nxlog.co/refman/current/xm/syslog.html
 * Reasons: `windows-syslog.no-columns`, `windows-json.no-event-id`.
 */
export function parseWindowsSyslog(fields: SyslogFields): Parsed<WindowsRecord> {
  const said = fields.structured[nxlog]
  if (said) return parseWindowsJson({ ...withChannel(said), Computer: fields.host, Message: fields.message })
  const text = fields.message.replace(snare, '')
  const columns = text.split('\t', 32)
  // Behind a header `MSWinEventLog` is taken for the program, and its tab for what follows.
  const [, channel, , time, id, provider, user, , , computer, , , ...rest] =
    columns[0] === '' ? columns.slice(1) : columns
  if (id === undefined || provider === undefined) {
    return unreadable('windows-syslog.no-columns', 'fewer columns than Snare writes')
  }
  const message = rest.join(' ').trim()
  return parseWindowsJson({
    ...labelled(message),
    EventID: id,
    Channel: channel,
    Provider_Name: provider,
    Computer: computer,
    EventTime: isoOf(time),
    User: user === 'N/A' ? undefined : user,
    Message: message,
  })
}

function withChannel(said: Readonly<Record<string, string>>) {
  const channel = said['Channel'] ?? (/Security-Auditing/.test(said['SourceName'] ?? '') ? 'Security' : undefined)
  return { ...said, ...(channel !== undefined && { Channel: channel }) }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Sun Nov 22 10:00:01 2026` as ISO 8601 writes it. */
function isoOf(text = ''): string | undefined {
  const found = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/.exec(text)
  if (!found) return text || undefined
  const [, month = '', day = '', clock, year] = found
  const number = String(months.indexOf(month) + 1).padStart(2, '0')
  return `${year}-${number}-${day.padStart(2, '0')} ${clock}`
}

const subject = { 'Account Name': 'SubjectUserName', 'Account Domain': 'SubjectDomainName', 'Security ID': 'SubjectUserSid', 'Logon ID': 'SubjectLogonId' }
const target = { 'Account Name': 'TargetUserName', 'Account Domain': 'TargetDomainName', 'Security ID': 'TargetUserSid', 'Logon ID': 'TargetLogonId' }
/** Fields by the label of the rendered text, below the heading they stand under. */
const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Subject: subject,
  'New Logon': target,
  'Account For Which Logon Failed': target,
  'Account Whose Credentials Were Used': target,
  'Target Account': target,
  'New Account': target,
  'Account That Was Locked Out': target,
  Member: { 'Account Name': 'MemberName', 'Security ID': 'MemberSid' },
  Group: { 'Group Name': 'TargetUserName', 'Group Domain': 'TargetDomainName', 'Security ID': 'TargetSid' },
  '': {
    'Logon Type': 'LogonType',
    'Failure Reason': 'FailureReason',
    Status: 'Status',
    'Sub Status': 'SubStatus',
    'Workstation Name': 'WorkstationName',
    'Source Network Address': 'IpAddress',
    'Source Port': 'IpPort',
    'Authentication Package': 'AuthenticationPackageName',
    'New Process ID': 'NewProcessId',
    'New Process Name': 'NewProcessName',
    'Creator Process ID': 'ProcessId',
    'Creator Process Name': 'ParentProcessName',
    'Process Command Line': 'CommandLine',
    'Mandatory Label': 'MandatoryLabel',
    'Service Name': 'ServiceName',
    'Service File Name': 'ServiceFileName',
    'Task Name': 'TaskName',
  },
}

/** What the rendered text says under its labels; line ends and tabs in it have become spaces. */
function labelled(text: string): Record<string, string> {
  const fields: [string, string][] = []
  let heading = ''
  let label: string | undefined
  for (const part of text.slice(0, 16_384).split(/[ \t\r\n]{2,}/)) {
    const name = part.endsWith(':') ? part.slice(0, -1) : undefined
    if (name !== undefined) {
      if (Object.hasOwn(labels, name)) heading = name
      label = name
      continue
    }
    const field = label && (labels[heading]?.[label] ?? labels['']?.[label])
    if (field) fields.push([field, part])
    label = undefined
  }
  return Object.fromEntries(fields)
}
