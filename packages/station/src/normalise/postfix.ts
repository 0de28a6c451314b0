import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  type MessageKind,
  normaliseDaemon,
  userNamed,
} from './daemon-message.ts'
import { present, type Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'

const peer = '(?<host>[^ \\[\\]]{1,255})\\[(?<ip>[0-9A-Fa-f.:]{2,45})\\](?::(?<port>\\d{1,5}))?'
const queue = '(?<queue>[0-9A-Za-z]{6,20}): '
const unknown = 'unknown'

function clientOf({ host, ip, port }: Groups) {
  const endpoint = endpointOf(ip, port)
  return present({ ...endpoint, hostname: host === unknown ? undefined : host })
}

function sightings(...addresses: readonly (string | undefined)[]) {
  return addresses.flatMap((value) =>
    value?.includes('@') ? [{ type: 'email' as const, value, name: 'smtp' }] : [],
  )
}

/** Email Activity (OCSF 4009): 1 send, 2 receive, 3 scan. */
function mail(activity: number, groups: Groups, more: MessageAbout = {}): MessageAbout {
  const { queue: uid, from, to } = groups
  return {
    class: 'email_activity',
    activity,
    sightings: sightings(from, to),
    ...more,
    unmapped: { ...present({ queue_id: uid, from, to }), ...more.unmapped },
  }
}

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(
      `^(?<what>connect|disconnect|lost connection after [^ ]{1,64}(?: \\([^)]{1,64}\\))?) from ${peer}`,
    ),
    about: ({ what, ...groups }) => ({
      class: 'network_activity',
      activity: what === 'connect' ? 1 : 2,
      src_endpoint: clientOf(groups),
      status_detail: what?.startsWith('lost') ? what : undefined,
    }),
  },
  {
    pattern: new RegExp(
      `^warning: ${peer}: SASL (?<method>[\\w-]{1,32}) authentication failed(?:: (?<detail>[^,]{0,300}))?(?:, sasl_username=(?<user>.{1,256}))?`,
    ),
    about: ({ method, detail, user, ...groups }) => ({
      class: 'authentication',
      activity: 1,
      severity: 2,
      status: 'failure',
      status_detail: detail,
      src_endpoint: clientOf(groups),
      user: userNamed(user),
      auth_protocol: `SASL ${method}`,
    }),
  },
  {
    pattern: new RegExp(
      `^${queue}client=${peer}(?:, sasl_method=(?<method>[\\w-]{1,32}))?(?:, sasl_username=(?<user>[^ ,]{1,256}))?`,
    ),
    about: ({ method, user, ...groups }) =>
      user === undefined
        ? mail(2, groups, { src_endpoint: clientOf(groups) })
        : {
            class: 'authentication',
            activity: 1,
            status: 'success',
            src_endpoint: clientOf(groups),
            user: userNamed(user),
            auth_protocol: `SASL ${method ?? ''}`.trim(),
            unmapped: { queue_id: groups['queue'] },
          },
  },
  {
    pattern: new RegExp(
      `^(?:${queue})?(?:NOQUEUE: )?(?<what>reject|milter-reject|discard|hold|redirect|warn)(?:_warning)?: (?<stage>[A-Z-]{1,32}|header .{1,500}?|body .{1,500}?) from ${peer}(?:: (?<detail>[^;]{0,500}))?(?:; from=<(?<from>[^>]{0,320})>)?(?: to=<(?<to>[^>]{0,320})>)?(?: proto=(?<proto>\\w{1,16}))?(?: helo=<(?<helo>[^>]{0,255})>)?`,
    ),
    about: ({ what, stage, detail, proto, helo, ...groups }) =>
      mail(2, groups, {
        severity: 2,
        status: what === 'warn' ? undefined : 'failure',
        status_detail: detail?.trim(),
        src_endpoint: clientOf(groups),
        connection_info: present({ protocol_name: proto }),
        unmapped: present({ action: what, stage, helo }) ?? {},
      }),
  },
  {
    pattern: new RegExp(
      `^${queue}from=<(?<from>[^>]{0,320})>, size=(?<size>\\d{1,12})(?:, nrcpt=(?<nrcpt>\\d{1,9}))?`,
    ),
    about: ({ size, nrcpt, ...groups }) =>
      mail(2, groups, {
        status: 'success',
        unmapped: { size: Number(size), recipients: Number(nrcpt ?? 0) },
      }),
  },
  {
    pattern: new RegExp(
      `^${queue}to=<(?<to>[^>]{0,320})>,(?: orig_to=<(?<original>[^>]{0,320})>,)? relay=(?:none|local|virtual|dovecot|${peer}|[^ ,\\[]{1,255}(?:\\[[^\\]]{1,255}\\])?),.{0,200}? dsn=(?<dsn>[\\d.]{1,12}), status=(?<status>[a-z]{1,16})(?: \\((?<detail>.{0,1000})\\))?`,
    ),
    about: ({ host, ip, port, dsn, status, detail, original, ...groups }) =>
      mail(1, groups, {
        severity: status === 'bounced' ? 2 : 1,
        status: status === 'sent' ? 'success' : 'failure',
        status_detail: detail,
        dst_endpoint: clientOf({ host, ip, port }),
        unmapped: present({ dsn, delivery: status, original_to: original }) ?? {},
      }),
  },
  {
    pattern: new RegExp(`^${queue}message-id=<?(?<id>[^>]{0,998})>?$`),
    about: ({ id, ...groups }) => mail(2, groups, { unmapped: { message_id: id } }),
  },
  {
    pattern: new RegExp(`^${queue}(?<what>removed)$`),
    about: (groups) => mail(99, groups),
  },
]

const postfix: Daemon = { product: 'Postfix', kinds }

/**
 * Messages of Postfix: Email Activity (OCSF 4009), connections, sign-ins by SASL.
 * https://www.postfix.org/DEBUG_README.html
 */
export function normalisePostfix(fields: SyslogFields): Read {
  return normaliseDaemon(fields, postfix)
}
