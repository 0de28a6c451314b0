import { looksLikeWindowsSyslog, parseWindowsSyslog } from '../parse/windows-syslog.ts'
import { looksLikeWindowsXml, parseWindowsXml } from '../parse/windows-xml.ts'
import { normaliseCron } from './cron.ts'
import { normaliseLinuxAccounts } from './linux-accounts.ts'
import type { LineProduct } from './product.ts'
import { normaliseSu } from './su.ts'
import { normaliseSystemd } from './systemd.ts'
import { normaliseWindows } from './windows.ts'

/** Operating systems: who signs in, what is started, which accounts change. */
export const systemProducts: readonly LineProduct[] = [
  {
    format: 'windows-xml',
    recognises: looksLikeWindowsXml,
    read: ({ message }, around) => {
      const event = parseWindowsXml(message)
      return event.ok ? normaliseWindows(event.value, around) : event
    },
  },
  {
    format: 'windows-syslog',
    recognises: (text, _program, structured) => looksLikeWindowsSyslog(text, structured),
    read: (fields, around) => {
      const event = parseWindowsSyslog(fields)
      return event.ok ? normaliseWindows(event.value, around) : event
    },
  },
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
