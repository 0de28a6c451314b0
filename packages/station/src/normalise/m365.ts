import type { JsonObject } from '../parse/json.ts'
import { apiActivityOf } from './api-verbs.ts'
import { addressOf, baseName, type Draft, present, type Read, type Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { normaliseJson, timeOf } from './json.ts'

type About = Partial<Draft> & Pick<Draft, 'class' | 'activity'>

const abouts: ReadonlyMap<string, About> = new Map<string, About>([
  ['UserLoggedIn', { class: 'authentication', activity: 1, status: 'success' }],
  ['UserLoginFailed', { class: 'authentication', activity: 1, severity: 2, status: 'failure' }],
  ['Add user.', { class: 'account_change', activity: 1, severity: 2 }],
  ['Delete user.', { class: 'account_change', activity: 6, severity: 2 }],
  ['Disable account.', { class: 'account_change', activity: 5, severity: 2 }],
  ['Enable account.', { class: 'account_change', activity: 2, severity: 2 }],
  ['Change user password.', { class: 'account_change', activity: 3, severity: 2 }],
  ['Reset user password.', { class: 'account_change', activity: 4, severity: 2 }],
  ['Add member to role.', { class: 'account_change', activity: 7, severity: 3 }],
  ['Remove member from role.', { class: 'account_change', activity: 8, severity: 2 }],
  ['FileUploaded', { class: 'file_hosting_activity', activity: 1 }],
  ['FileDownloaded', { class: 'file_hosting_activity', activity: 2 }],
  ['FileSyncDownloadedFull', { class: 'file_hosting_activity', activity: 2 }],
  ['FileModified', { class: 'file_hosting_activity', activity: 3 }],
  ['FileDeleted', { class: 'file_hosting_activity', activity: 4 }],
  ['FileRenamed', { class: 'file_hosting_activity', activity: 5 }],
  ['FileCopied', { class: 'file_hosting_activity', activity: 6 }],
  ['FileMoved', { class: 'file_hosting_activity', activity: 7 }],
  ['FilePreviewed', { class: 'file_hosting_activity', activity: 9 }],
  ['FileAccessed', { class: 'file_hosting_activity', activity: 14 }],
  ['SharingSet', { class: 'file_hosting_activity', activity: 12, severity: 2 }],
  ['AnonymousLinkCreated', { class: 'file_hosting_activity', activity: 12, severity: 3 }],
  ['Send', { class: 'email_activity', activity: 1 }],
  // Rules of a mailbox are how a thief goes on reading.
  ['New-InboxRule', { class: 'api_activity', activity: 1, severity: 3 }],
  ['Set-InboxRule', { class: 'api_activity', activity: 3, severity: 3 }],
  ['Set-Mailbox', { class: 'api_activity', activity: 3, severity: 2 }],
])

/** True of a record of the unified audit log, also as Log Analytics keeps it (OfficeActivity). */
export function looksLikeM365(object: JsonObject): boolean {
  return (
    typeof (object['Workload'] ?? object['OfficeWorkload']) === 'string' &&
    typeof object['Operation'] === 'string' &&
    ('RecordType' in object || 'UserId' in object)
  )
}

/**
 * A record of Microsoft 365's unified audit log, as the Management Activity API gives it.
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema
 */
export function normaliseM365(object: JsonObject, around: Surroundings): Read {
  const { draft, record } = normaliseJson(object, around)
  const fields = new Fields(object)
  const operation = fields.text('Operation') ?? '?'
  const workload = fields.first('Workload', 'OfficeWorkload')
  // Written in UTC, without saying so.
  const time = timeOf(object['CreationTime'] ?? object['TimeGenerated'], { ...around, zone: 'UTC' })
  const about = abouts.get(operation) ?? {
    class: 'api_activity',
    activity: apiActivityOf(operation),
  }
  const actor = present({ name: fields.text('UserId'), uid: fields.text('UserKey') })
  const subject = fields.text('ObjectId')
  return {
    draft: {
      ...draft,
      severity: 1,
      status: statusOf(fields.text('ResultStatus')),
      ...about,
      status_detail: fields.first('LogonError', 'ResultStatusDetail'),
      message: `${operation} ${workload ?? ''} by ${actor?.name ?? '?'}${subject ? `: ${subject}` : ''}`,
      product: 'Microsoft 365',
      vendor: 'Microsoft',
      log_name: workload,
      event_code: operation,
      time: time?.at,
      original_time: time?.original,
      src_endpoint: sourceOf(
        fields.first('ClientIP', 'ClientIPAddress', 'ActorIpAddress', 'Client_IPAddress'),
      ),
      actor: present({ user: actor }),
      user: userOf(about, actor, subject),
      file: fileOf(about, fields, subject),
      http_request: present({ user_agent: fields.text('UserAgent') }),
    },
    record,
  }
}

function userOf(about: About, actor: Draft['user'], subject: string | undefined): Draft['user'] {
  if (about.class === 'authentication') return actor
  return about.class === 'account_change' ? present({ name: subject }) : undefined
}

function fileOf(about: About, fields: Fields, subject: string | undefined): Draft['file'] {
  if (about.class !== 'file_hosting_activity') return undefined
  return present({ name: fields.text('SourceFileName') ?? baseName(subject), path: subject })
}

/** `Succeeded`, `Success`, `PartiallySucceeded`, `True`, `Failed`. */
function statusOf(result: string | undefined): Draft['status'] {
  if (result === undefined) return undefined
  return /^(?:partially)?succe|^true$/i.test(result) ? 'success' : 'failure'
}

/** `203.0.113.5:51234`, `[2001:db8::5]:443`, or the address alone. */
function sourceOf(text: string | undefined) {
  const found = /^(?:\[(?<six>[0-9A-Fa-f:.]{2,45})\]|(?<four>[0-9.]{7,15})):(?<port>\d{1,5})$/.exec(
    text ?? '',
  )?.groups
  const port = Number(found?.['port'])
  return present({
    ip: addressOf(found?.['six'] ?? found?.['four'] ?? text),
    port: found !== undefined && port <= 65_535 ? port : undefined,
  })
}
