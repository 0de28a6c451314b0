import { expect, test } from 'vitest'
import { parseAuditd } from './auditd.ts'

test('a line of the audit log gives its fields, decoded where auditd encodes', () => {
  const line =
    'type=SYSCALL msg=audit(1604996384.965:93777): syscall=59 success=yes a0=558e25 comm="dd" exe="/bin/dd" key=(null)'
  expect(parseAuditd(line)).toEqual({
    ok: true,
    value: {
      type: 'SYSCALL',
      audit_time: 1604996384.965,
      audit_id: '93777',
      syscall: '59',
      success: 'yes',
      comm: 'dd',
      exe: '/bin/dd',
      key: '(null)',
      // A pointer in hexadecimal, in lower case: not a text.
      a0: '558e25',
    },
  })
  const title = 'type=PROCTITLE msg=audit(1604996384.965:93777): proctitle=6464002D6E00C491'
  expect(parseAuditd(title)).toMatchObject({ value: { proctitle: 'dd -n đ' } })
})

test('what auditd looked up for the enriched format is read beside what the kernel wrote', () => {
  const line =
    'type=SYSCALL msg=audit(1.000:1): syscall=319 key=(null)\u001dARCH=x86_64 SYSCALL=memfd_create UID="lan"'
  expect(parseAuditd(line)).toMatchObject({
    value: { syscall: '319', key: '(null)', ARCH: 'x86_64', SYSCALL: 'memfd_create', UID: 'lan' },
  })
})

test('what a program reports itself is read like the rest', () => {
  const line = `node=web01 type=USER_AUTH msg=audit(1604996384.965:1): pid=1 msg='op=PAM:authentication acct="root" res=failed'`
  expect(parseAuditd(line)).toMatchObject({
    value: { node: 'web01', type: 'USER_AUTH', pid: '1', acct: 'root', res: 'failed' },
  })
})

test('anything else is refused, and a hostile line costs no more than its length', () => {
  expect(parseAuditd('type=X')).toMatchObject({ ok: false, reason: 'auditd.no-header' })
  const hostile = `type=X msg=audit(1.000:1): ${'a="'.repeat(50_000)}`
  const before = performance.now()
  expect(parseAuditd(hostile).ok).toBe(true)
  expect(performance.now() - before).toBeLessThan(2_000)
})

test('names of the object prototype are ordinary fields', () => {
  const line = 'type=X msg=audit(1.000:1): __proto__=y constructor=z'
  const read = parseAuditd(line)
  expect(read.ok && Object.keys(read.value)).toContain('constructor')
  expect(({} as Record<string, unknown>)['y']).toBeUndefined()
})
