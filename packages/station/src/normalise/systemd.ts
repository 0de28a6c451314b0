import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  type MessageKind,
  normaliseDaemon,
  userNamed,
} from './daemon-message.ts'
import type { Read } from './draft.ts'
import { pamKinds } from './pam.ts'

/** A unit that changed its state: Application Lifecycle (OCSF 6002): 3 start, 4 stop, 99 other. */
function unit(activity: number, status: 'success' | 'failure', severity = 1) {
  return ({ unit: name, detail }: Groups): MessageAbout => ({
    class: 'application_lifecycle',
    activity,
    severity,
    status,
    status_detail: detail,
    unmapped: { unit: name },
  })
}

const name =
  '(?<unit>[^ ]{1,256}\\.(?:service|socket|mount|timer|target|slice|scope|device|path|swap))'
const units: readonly MessageKind[] = [
  {
    pattern: new RegExp(
      `^${name}: (?:Main|Control|Child) process exited, code=(?<detail>.{1,200})$`,
    ),
    about: (groups) => {
      const isClean = groups['detail']?.startsWith('exited, status=0') === true
      return unit(99, isClean ? 'success' : 'failure', isClean ? 1 : 3)(groups)
    },
  },
  {
    pattern: new RegExp(`^${name}: Failed with result '(?<detail>[^']{1,64})'`),
    about: unit(99, 'failure', 3),
  },
  {
    pattern: new RegExp(`^${name}: (?:Deactivated successfully|Succeeded)\\.$`),
    about: unit(4, 'success'),
  },
  { pattern: /^Failed to start (?<unit>.{1,256}?)\.?$/, about: unit(3, 'failure', 3) },
  { pattern: /^Started (?<unit>.{1,256}?)\.?$/, about: unit(3, 'success') },
  { pattern: /^(?:Stopped|Closed) (?<unit>.{1,256}?)\.?$/, about: unit(4, 'success') },
  { pattern: /^Reloaded (?<unit>.{1,256}?)\.?$/, about: unit(99, 'success') },
]

const sessions: readonly MessageKind[] = [
  {
    pattern:
      /^New session '?(?<session>[\w-]{1,32})'? of user '?(?<user>[^ ']{1,256}?)(?:'|\.)*(?: |$)/,
    about: ({ session, user }) => ({
      class: 'authentication',
      activity: 1,
      status: 'success',
      user: userNamed(user),
      unmapped: { session },
    }),
  },
  {
    pattern:
      /^(?:Removed session|Session) '?(?<session>[\w-]{1,32})'?(?: logged out\b.{0,200}|\.)$/,
    about: ({ session }) => ({
      class: 'authentication',
      activity: 2,
      status: 'success',
      unmapped: { session },
    }),
  },
]

const systemd: Daemon = { product: 'systemd', kinds: [...sessions, ...units, ...pamKinds] }

/**
 * Messages of systemd about its units and of systemd-logind about sessions.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export function normaliseSystemd(fields: SyslogFields): Read {
  return normaliseDaemon(fields, systemd)
}
