import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  normaliseDaemon,
  userNamed,
} from './daemon-message.ts'
import { present, type Read } from './draft.ts'
import { pamKinds } from './pam.ts'

/** OCSF Account Change (3001): 1 create, 2 enable, 3 password change, 4 reset, 5 disable, 6 delete, 99 other. */
function account(activity: number, severity = 2) {
  return ({ user, actor, uid, ...rest }: Groups): MessageAbout => ({
    class: 'account_change',
    activity,
    severity,
    status: 'success',
    user: userNamed(user, uid),
    actor: present({ user: userNamed(actor) }),
    unmapped: present(rest) ?? {},
  })
}

/** Groups that give their members power over the host. */
const powerful = new Set(['root', 'sudo', 'wheel', 'adm', 'docker', 'lxd', 'shadow', 'disk'])

const accounts: Daemon = {
  product: 'shadow',
  kinds: [
    {
      pattern:
        /^new user: name=(?<user>[^,]{1,256}), UID=(?<uid>\d{1,10}), GID=(?<gid>\d{1,10}), home=(?<home>[^,]{0,1024}), shell=(?<shell>[^,]{0,1024})(?:, from=(?<tty>.{0,64}))?$/,
      // A second root is what intruders leave behind.
      about: (groups) => account(1, groups['uid'] === '0' ? 4 : 2)(groups),
    },
    {
      pattern: /^new group: name=(?<group>[^,]{1,256}), GID=(?<gid>\d{1,10})$/,
      about: account(99),
    },
    {
      pattern: /^add '(?<user>[^']{1,256})' to (?:shadow )?group '(?<group>[^']{1,256})'$/,
      about: (groups) => account(99, powerful.has(groups['group'] ?? '') ? 3 : 2)(groups),
    },
    {
      pattern: /^delete '(?<user>[^']{1,256})' from (?:shadow )?group '(?<group>[^']{1,256})'$/,
      about: account(99),
    },
    {
      pattern:
        /^user (?<user>[^ ]{1,256}) added by (?<actor>[^ ]{1,256}) to group (?<group>[^ ]{1,256})$/,
      about: account(99, 3),
    },
    { pattern: /^delete user '(?<user>[^']{1,256})'$/, about: account(6) },
    { pattern: /^lock user '(?<user>[^']{1,256})' password$/, about: account(5) },
    { pattern: /^unlock user '(?<user>[^']{1,256})' password$/, about: account(2) },
    { pattern: /^change user '(?<user>[^']{1,256})' password$/, about: account(3) },
    {
      pattern:
        /^change user '(?<user>[^']{1,256})' (?<attribute>[\w ]{1,32}?)(?: from '(?<before>[^']{0,1024})' to '(?<after>[^']{0,1024})')?$/,
      about: account(99),
    },
    {
      pattern: /^password for '(?<user>[^']{1,256})' changed by '(?<actor>[^']{1,256})'$/,
      about: account(4),
    },
    {
      pattern:
        /^failed (?<what>adding|deleting|removing) (?:user|group) '(?<user>[^']{1,256})'(?:, (?<detail>.{0,300}))?$/,
      about: ({ what, user, detail }) => ({
        class: 'account_change',
        activity: what === 'adding' ? 1 : 6,
        severity: 2,
        status: 'failure',
        status_detail: detail,
        user: userNamed(user),
      }),
    },
    ...pamKinds,
  ],
}

/**
 * What useradd, usermod, userdel, groupadd, gpasswd, passwd and chpasswd report: Account Change (OCSF 3001).
 * https://github.com/shadow-maint/shadow
 */
export function normaliseLinuxAccounts(fields: SyslogFields): Read {
  return normaliseDaemon(fields, accounts)
}
