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

const said =
  'user=<(?<user>[^>]{0,256})>(?:, method=(?<method>[\\w-]{1,32}))?(?:, rip=(?<ip>[0-9A-Fa-f.:]{2,45}))?(?:, lip=(?<server>[0-9A-Fa-f.:]{2,45}))?(?<rest>.{0,500})$'

function signIn(status: 'success' | 'failure' | undefined) {
  return ({ service, user, method, ip, server, rest, detail }: Groups): MessageAbout => ({
    class: 'authentication',
    activity: status === undefined ? 2 : 1,
    severity: status === 'failure' ? 2 : 1,
    status,
    status_detail: detail,
    user: userNamed(user),
    src_endpoint: endpointOf(ip),
    dst_endpoint: endpointOf(server),
    auth_protocol: method ?? service,
    unmapped:
      present({ service, encrypted: rest === undefined ? undefined : /, TLS/.test(rest) }) ?? {},
  })
}

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(`^(?:Info: )?(?<service>[a-z0-9]{3,16})-login: (?:Info: )?Login: ${said}`),
    about: signIn('success'),
  },
  {
    pattern: new RegExp(
      `^(?:Info: )?(?<service>[a-z0-9]{3,16})-login: (?:Info: )?(?:Disconnected|Aborted login|Login aborted)[^(]{0,100}\\((?<detail>auth(?:entication)? failed[^)]{0,200}|tried to use[^)]{0,200})\\)(?: \\([a-z_]{1,32}\\))?: ${said}`,
    ),
    about: signIn('failure'),
  },
  {
    pattern:
      /^auth(?:-worker)?(?:\(\d{1,10}\))?: (?:Info: )?(?:conn [^:]{1,200}: )?(?:auth-worker<\d{1,10}>: )?(?<service>[\w-]{1,32})\((?<user>[^,)]{1,256})(?:,(?<ip>[0-9A-Fa-f.:]{2,45}))?(?:,[^)]{0,64})?\): (?<detail>unknown user|[Pp]assword mismatch|pam_authenticate\(\) failed: .{1,200}|.{0,40}[Pp]assword mismatch.{0,200})/,
    about: signIn('failure'),
  },
  {
    pattern:
      /^(?<service>imap|pop3|managesieve)\((?<user>[^)]{1,256})\)(?:<\d{1,10}>)?(?:<[^>]{1,64}>)?: (?:Info: )?(?:Logged out|Disconnected|Connection closed)(?<detail>.{0,300})/,
    about: ({ detail, ...groups }) =>
      signIn(undefined)({ ...groups, detail: detail?.trim() || undefined }),
  },
  {
    pattern:
      /^lmtp\((?:(?<user>[^)]{1,256}))\)(?:<\d{1,10}>)?(?:<[^>]{1,64}>)?: (?:\w{1,32}: )?msgid=<?(?<id>[^>:]{0,998})>?: (?<what>saved mail to .{1,255}|.{1,255})$/,
    about: ({ user, id, what }) => ({
      class: 'email_activity',
      activity: 2,
      status: what?.startsWith('saved') ? 'success' : undefined,
      status_detail: what,
      user: userNamed(user),
      unmapped: { message_id: id },
    }),
  },
]

const dovecot: Daemon = { product: 'Dovecot', kinds }

/** Messages of Dovecot: Authentication (OCSF 3002), delivered mail (4009). https://doc.dovecot.org/main/core/admin/logging.html */
export function normaliseDovecot(fields: SyslogFields): Read {
  return normaliseDaemon(fields, dovecot)
}
