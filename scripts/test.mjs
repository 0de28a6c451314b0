// `npm test [-- FILTER…]`: installs what is missing, says what this machine cannot run, runs the tests.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { become, ensureInstalled, ensurePortal, fail, root, say } from './bootstrap.mjs'

ensureInstalled()
ensurePortal()

const required = process.env.CI === 'true'
const missing = []
if (!browser()) missing.push('a browser (Debian: chromium); browser tests are skipped')
if (!server())
  missing.push(
    'a PostgreSQL server (Debian: postgresql); its contract run is skipped, the embedded one runs',
  )
if (!found('rsyslogd'))
  missing.push('rsyslog (Debian: rsyslog); the test with a real sender is skipped')
if (!found('syslog-ng') && !existsSync('/opt/syslog-ng/usr/sbin/syslog-ng'))
  missing.push('syslog-ng (`.ci/run` unpacks it); the test with real senders goes without it')
if (!found('exim4') || !existsSync('/usr/lib/dovecot/imap'))
  missing.push(
    'a mail server (Debian: exim4-daemon-light, dovecot-imapd); the tests with real mail are skipped',
  )
if (!existsSync(join(root, '../shared/data')))
  missing.push('the shared test data; tests over real captures are skipped')
for (const line of missing) say(`Not on this machine: ${line}.`)
if (required && missing.some((line) => !line.startsWith('the shared'))) {
  fail('CI=true: all of these must be here. `.ci/run` installs them.')
}
become([join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], {
  HAIDANG_BROWSER: browser() ?? '',
})

function browser() {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    existsSync,
  )
}

function server() {
  return (
    Boolean(process.env.DATABASE_URL) || found('pg_ctlcluster') || existsSync('/usr/lib/postgresql')
  )
}

function found(program) {
  return (
    [`/usr/sbin/${program}`, `/usr/bin/${program}`].some(existsSync) ||
    spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
  )
}
