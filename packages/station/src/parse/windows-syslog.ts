import { type Parsed, unreadable } from './parsed.ts'
import { monthOf } from './rfc3164.ts'
import type { StructuredData, SyslogFields } from './syslog-header.ts'
import { parseWindowsJson, type WindowsRecord } from './windows-json.ts'

/** What NXLog calls its structured data (to_syslog_ietf). */
const nxlog = 'NXLOG@14506'
const snareMark = 'MSWinEventLog\t'
const snare = new RegExp(`^(?:[^\\t]{1,255}\\t)?${snareMark}`)

/** True of a Windows event as Snare writes it, or NXLog in structured data. */
export function looksLikeWindowsSyslog(text: string, structured: StructuredData): boolean {
  return (
    structured[nxlog]?.['EventID'] !== undefined || (text.includes(snareMark) && snare.test(text))
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
  if (said)
    return parseWindowsJson({
      ...withChannel(said),
      Computer: fields.host,
      Message: fields.message,
    })
  const text = fields.message.replace(snare, '')
  const columns = text.split('\t', 32)
  const [, channel, , time, id, provider, user, , , computer, , , ...rest] = columns
  if (id === undefined || provider === undefined) {
    return unreadable('windows-syslog.no-columns', 'fewer columns than Snare writes')
  }
  // A counter of Snare's own comes last.
  const message = rest
    .join(' ')
    .replace(/ \d{1,10}$/, '')
    .trim()
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
  const channel =
    said['Channel'] ?? (/Security-Auditing/.test(said['SourceName'] ?? '') ? 'Security' : undefined)
  return { ...said, ...(channel !== undefined && { Channel: channel }) }
}

/** `Sun Nov 22 10:00:01 2026` as ISO 8601 writes it. */
function isoOf(text = ''): string | undefined {
  const found = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/.exec(
    text,
  )
  if (!found) return text || undefined
  const [, month = '', day = '', clock, year] = found
  const number = String(monthOf(month)).padStart(2, '0')
  return `${year}-${number}-${day.padStart(2, '0')} ${clock}`
}

const subject = {
  'Account Name': 'SubjectUserName',
  'Account Domain': 'SubjectDomainName',
  'Security ID': 'SubjectUserSid',
  'Logon ID': 'SubjectLogonId',
}
const target = {
  'Account Name': 'TargetUserName',
  'Account Domain': 'TargetDomainName',
  'Security ID': 'TargetUserSid',
  'Logon ID': 'TargetLogonId',
}
/** Fields by the label of the rendered text, below the heading they stand under. */
const labels: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries({
    Subject: subject,
    'Creator Subject': subject,
    'Target Subject': target,
    'New Logon': target,
    'Account For Which Logon Failed': target,
    'Account Whose Credentials Were Used': target,
    'Target Account': target,
    'New Account': target,
    'Account That Was Locked Out': target,
    Member: { 'Account Name': 'MemberName', 'Security ID': 'MemberSid' },
    Group: {
      'Group Name': 'TargetUserName',
      'Group Domain': 'TargetDomainName',
      'Security ID': 'TargetSid',
    },
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
  }).map(([heading, names]) => [heading, new Map(Object.entries(names))]),
)

/** What the rendered text says under its labels; line ends and tabs in it have become spaces. */
function labelled(text: string): Record<string, string> {
  const fields: [string, string][] = []
  let heading = ''
  let label: string | undefined
  for (const part of text.slice(0, 16_384).split(/[ \t\r\n]{2,}/)) {
    if (part.endsWith(':')) {
      label = part.slice(0, -1)
      if (labels.has(label)) heading = label
      continue
    }
    const field = fieldOf(heading, label, part)
    if (field !== undefined) fields.push(field)
    label = undefined
  }
  return Object.fromEntries(fields)
}

/** A value behind its label, or both in one where a single space is between them. */
function fieldOf(
  heading: string,
  label: string | undefined,
  part: string,
): [string, string] | undefined {
  const nameOf = (said = '') => labels.get(heading)?.get(said) ?? labels.get('')?.get(said)
  const [, said, value] = /^([A-Z][\w -]{1,40}): (.+)$/.exec(part) ?? []
  const together = nameOf(said)
  if (together !== undefined && value !== undefined) return [together, value]
  const name = nameOf(label)
  return name === undefined ? undefined : [name, part]
}
