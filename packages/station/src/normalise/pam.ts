import { type MessageKind, userNamed } from './daemon-message.ts'
import { present } from './draft.ts'
import { endpointOf } from './endpoint.ts'

/**
 * What the modules of PAM write under the name of the program that asks them (pam_unix(8), pam_tally2(8),
 * pam_faillock(8)): sessions, failures and changed passwords.
 */
export const pamKinds: readonly MessageKind[] = [
  {
    pattern:
      /^pam_unix\((?<service>[\w.-]{1,64}):session\): session (?<what>opened|closed) for user (?<user>[^ (]{1,256})(?:\(uid=(?<uid>\d{1,10})\))?(?: by (?<actor>[^ (]{0,256})(?:\(uid=(?<actorUid>\d{1,10})\))?)?/,
    about: ({ service, what, user, uid, actor, actorUid }) => ({
      class: 'authentication',
      activity: what === 'opened' ? 1 : 2,
      status: 'success',
      user: userNamed(user, uid),
      actor: present({ user: userNamed(actor, actorUid) }),
      auth_protocol: 'PAM',
      unmapped: { pam_service: service },
    }),
  },
  {
    pattern:
      /^pam_(?:unix|sss)\((?<service>[\w.-]{1,64}):auth\): authentication failure; logname=(?<actor>[^ ]{0,256}) uid=(?<actorUid>\d{0,10}) euid=\d{0,10} tty=(?<tty>[^ ]{0,64}) ruser=(?<remote>[^ ]{0,256}) rhost=(?<host>[^ ]{0,255})(?: {1,3}user=(?<user>.{1,256}))?$/,
    about: ({ service, actor, actorUid, tty, remote, host, user }) => ({
      class: 'authentication',
      activity: 1,
      severity: 2,
      status: 'failure',
      status_detail: 'authentication failure',
      user: userNamed(user),
      actor: present({ user: userNamed(remote || actor, actorUid) }),
      src_endpoint: endpointOf(host),
      auth_protocol: 'PAM',
      unmapped: { pam_service: service, ...(tty && { tty }) },
    }),
  },
  {
    pattern:
      /^pam_unix\((?<service>[\w.-]{1,64}):chauthtok\): password changed for (?<user>.{1,256})$/,
    about: ({ service, user }) => ({
      class: 'account_change',
      activity: 3,
      severity: 2,
      status: 'success',
      user: userNamed(user),
      unmapped: { pam_service: service },
    }),
  },
  {
    pattern:
      /^pam_(?:tally2?|faillock)\((?<service>[\w.-]{1,64}):auth\): (?:user (?<user>[^ (]{1,256})|Consecutive login failures for user (?<locked>[^ ]{1,256})).{0,500}$/,
    about: ({ service, user, locked }) => ({
      class: 'account_change',
      activity: 9,
      severity: 3,
      user: userNamed(user ?? locked),
      unmapped: { pam_service: service },
    }),
  },
]
