import { readIsoTime } from '../parse/instant.ts'
import { addressOf, type Draft, present, type Read } from './draft.ts'
import { Fields } from './fields.ts'

/** OCSF Email Activity (4009): 1 send, 2 receive. */
const activities: ReadonlyMap<string, number> = new Map(
  Object.entries({
    RECEIVE: 2,
    SUBMIT: 1,
    SEND: 1,
    SENDEXTERNAL: 1,
    DELIVER: 2,
    DUPLICATEDELIVER: 2,
  }),
)
const failures: ReadonlySet<string> = new Set(['FAIL', 'BADMAIL', 'DSN', 'DROP', 'POISONMESSAGE'])
const mostRecipients = 64

/** A line of Exchange's message tracking: Email Activity (OCSF 4009). */
export function normaliseExchangeTracking(
  line: Readonly<Record<string, string>>,
  text: string,
): Read {
  const event = line['event-id']
  return {
    draft: event === undefined ? headDraft(text) : eventDraft(event, line),
    record: { ...line },
  }
}

const common = {
  product: 'Exchange',
  vendor: 'Microsoft',
  log_name: 'message tracking',
  logsource: { service: 'exchange-tracking' },
} as const

function eventDraft(event: string, line: Readonly<Record<string, string>>): Draft {
  const fields = new Fields({ ...line })
  fields.skip('event-id')
  const time = readIsoTime(fields.text('date-time') ?? '', 'UTC')
  const from = fields.text('sender-address') ?? '?'
  const to = (fields.text('recipient-address') ?? '').split(';', mostRecipients).filter(Boolean)
  const subject = fields.text('message-subject')
  const failed = failures.has(event)
  return {
    ...common,
    class: 'email_activity',
    activity: activities.get(event) ?? 99,
    severity: failed ? 2 : 1,
    message: `${event} ${from} → ${to.join(', ')}${subject ? `: ${subject}` : ''}`,
    event_code: event,
    time: time?.at,
    original_time: time?.original,
    status: failed ? 'failure' : 'success',
    status_detail: fields.text('recipient-status'),
    src_endpoint: endpoint(fields, 'client-ip', 'client-hostname', 'original-client-ip'),
    dst_endpoint: endpoint(fields, 'server-ip', 'server-hostname'),
    sightings: [from, ...to].flatMap((value) =>
      value.includes('@') ? [{ type: 'email' as const, value, name: 'message tracking' }] : [],
    ),
    unmapped: present({ ...fields.rest(), sender: from, recipients: to, subject }) ?? {},
  }
}

/** A line of the head: the file was begun. */
function headDraft(text: string): Draft {
  const message = text.split('\n', 1)[0] ?? ''
  return {
    ...common,
    class: 'base_event',
    activity: 99,
    severity: 1,
    message,
    time: undefined,
    unmapped: {},
  }
}

function endpoint(fields: Fields, ip: string, name: string, other?: string): Draft['src_endpoint'] {
  const address = addressOf(fields.text(ip)) ?? (other ? addressOf(fields.text(other)) : undefined)
  return present({ ip: address, hostname: fields.text(name) })
}
