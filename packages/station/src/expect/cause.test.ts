import { expect, test } from 'vitest'
import { causeOf } from './cause.ts'

const well = {
  ...({ collector: 'tail-file', paused: false, problem: undefined, refusal: undefined } as const),
  isDropping: false,
  isDiskFull: false,
  hasSent: true,
}

test.each([
  ['tail-file', "EACCES: permission denied, open '/var/log/app.log'", 'file-forbidden'],
  ['tail-file', 'no file /var/log/app.log', 'file-missing'],
  ['tail-file', 'no directory /var/log/app', 'directory-missing'],
  ['tail-file', "ENOENT: no such file or directory, scandir '/var/log/app'", 'directory-missing'],
  ['tail-file', 'EIO: i/o error, read', 'disk-failed'],
  [
    'syslog-tcp',
    'cannot listen on tcp 0.0.0.0:514: Error: listen EACCES: permission denied',
    'port-refused',
  ],
  ['elastic-bulk', 'cannot listen on tcp 127.0.0.1:9200: Error: listen EADDRINUSE', 'port-in-use'],
  ['syslog-tls', 'certificate expired on 2026-11-01T00:00:00.000Z', 'certificate-expired'],
  ['syslog-tls', 'Error: no certificate here', 'listener-closed'],
] as const)('a way in %s that says “%s” is %s', (collector, problem, cause) => {
  expect(causeOf({ ...well, collector, problem })).toEqual({ cause, detail: problem })
})

const refusal = { collector: 'syslog-tls', sender: '192.0.2.1', times: 3, lastAt: 1 } as const

test.each([
  ['tls', 'CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
  ['tls', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate-refused'],
  ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
  ['token', '', 'token-wrong'],
  ['no-source', '', 'address-not-listed'],
] as const)('a refusal for %s %s is %s', (reason, detail, cause) => {
  const known = { ...well, refusal: { ...refusal, reason, detail } }
  expect(causeOf(known)).toMatchObject({ cause })
})

test('what lies nearest to the records is told first', () => {
  const known = { ...well, isDropping: true, hasSent: true }
  expect(causeOf(known).cause).toBe('kernel-drops')
  expect(causeOf({ ...known, isDiskFull: true }).cause).toBe('disk-full')
  expect(causeOf({ ...known, paused: true, problem: 'EIO' }).cause).toBe('paused')
  expect(causeOf({ ...well, hasSent: false }).cause).toBe('never-sent')
})
