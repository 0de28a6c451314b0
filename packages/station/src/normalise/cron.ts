import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Daemon, normaliseDaemon, userNamed } from './daemon-message.ts'
import { baseName, present, type Read } from './draft.ts'
import { pamKinds } from './pam.ts'

/** OCSF Scheduled Job Activity (1006) of what crontab(1) reports: 2 update, 3 delete; listing and reading are others. */
const changes: Readonly<Record<string, number>> = { REPLACE: 2, 'END EDIT': 2, DELETE: 3 }

const cron: Daemon = {
  product: 'cron',
  kinds: [
    {
      pattern: /^\((?<user>[^)]{1,256})\) CMD \((?<command>.{1,8192})\)$/,
      about: ({ user, command = '' }) => {
        const path = command.trim().split(' ', 1)[0]
        return {
          class: 'scheduled_job_activity',
          activity: 6,
          status: 'success',
          actor: present({ user: userNamed(user) }),
          user: userNamed(user),
          process: present({
            name: baseName(path),
            cmd_line: command.trim(),
            file: path?.includes('/') ? { path, name: baseName(path) } : undefined,
            user: userNamed(user),
          }),
        }
      },
    },
    {
      pattern:
        /^\((?<user>[^)]{1,256})\) (?<what>REPLACE|DELETE|LIST|BEGIN EDIT|END EDIT|RELOAD|STARTUP|INFO|ORPHAN|NO CRONTAB) ?\((?<about>.{0,1024})\)$/,
      about: ({ user, what = '', about }) => ({
        class: 'scheduled_job_activity',
        activity: changes[what] ?? 99,
        severity: what in changes ? 2 : 1,
        event_code: what,
        actor: present({ user: userNamed(user) }),
        user: userNamed(about?.includes(' ') ? undefined : about),
        unmapped: { detail: about },
      }),
    },
    ...pamKinds,
  ],
}

/**
 * Messages of cron, crond, anacron and crontab: Scheduled Job Activity (OCSF 1006).
 * https://manpages.debian.org/bookworm/cron/cron.8.en.html
 */
export function normaliseCron(fields: SyslogFields): Read {
  return normaliseDaemon(fields, cron)
}
