import { normaliseCron } from './cron.ts'
import { normaliseLinuxAccounts } from './linux-accounts.ts'
import type { LineProduct } from './product.ts'
import { normaliseSu } from './su.ts'
import { normaliseSystemd } from './systemd.ts'

/** Operating systems: who signs in, what is started, which accounts change. */
export const systemProducts: readonly LineProduct[] = [
  { format: 'su', programs: ['su', 'su-l'], read: normaliseSu },
  { format: 'cron', programs: ['cron', 'crond', 'crontab', 'anacron'], read: normaliseCron },
  { format: 'systemd', programs: ['systemd', 'systemd-logind'], read: normaliseSystemd },
  {
    format: 'linux-accounts',
    programs: [
      'useradd',
      'usermod',
      'userdel',
      'groupadd',
      'groupmod',
      'groupdel',
      'gpasswd',
      'passwd',
      'chpasswd',
      'chage',
    ],
    read: normaliseLinuxAccounts,
  },
]
