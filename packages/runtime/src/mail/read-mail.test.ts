import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

const bytes = (lines: readonly string[]) => Buffer.from(lines.join('\r\n'))
const head = ['From: Lan <lan@bo.example>', 'To: nut@tt.example', 'MIME-Version: 1.0']

test('an answer in HTML is read as text: nothing of a script, and to which mails it answers', async () => {
  const mail = await readMail(
    bytes([
      ...head,
      'Subject: =?UTF-8?B?VHLhuqMgbOG7nWk=?=',
      'Date: Mon, 23 Nov 2026 09:00:00 +0700',
      'Message-ID: <tra-loi@bo.example>',
      'In-Reply-To: <hai@tt.example>',
      'References: <mot@tt.example> <hai@tt.example>',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Đã chặn <b>14</b> IP</p><script>alert(1)</script><img src=x onerror=alert(2)>',
    ]),
  )
  expect(mail).toMatchObject({
    subject: 'Trả lời',
    messageId: 'tra-loi@bo.example',
    answers: ['hai@tt.example', 'mot@tt.example'],
    from: { name: 'Lan', address: 'lan@bo.example' },
    to: ['nut@tt.example'],
    sentAt: '2026-11-23T02:00:00.000Z',
    isAutomatic: false,
    report: undefined,
  })
  expect(mail.text).toContain('Đã chặn 14 IP')
  expect(mail.text).not.toMatch(/alert|<|onerror/)
})

test.each([
  ['Auto-Submitted: auto-replied', true],
  ['Auto-Submitted: no', false],
  ['Precedence: bulk', true],
  ['X-Autoreply: yes', true],
  ['X-Mailer: thunderbird', false],
])('%s: sent by a program is %s', async (header, automatic) => {
  const mail = await readMail(bytes([...head, header, '', 'Tôi đi vắng']))
  expect(mail.isAutomatic).toBe(automatic)
})

test('nothing of a mail holds what a database cannot keep', async () => {
  const half = '=?UTF-8?Q?a=00b?='
  const mail = await readMail(
    bytes([`From: ${half} <a@b.example>`, `Subject: ${half}`, 'Message-ID: <a\0b@c>', '', 'x\0y']),
  )
  expect(JSON.stringify(mail)).not.toContain('u0000')
})

const returned = ['Message-ID: <dlv_1.dau@tt.example>', 'Subject: x', '', 'y']

test.each([
  [
    'failed',
    'Action: failed',
    'Diagnostic-Code: smtp; 550 5.1.1\r\n no such user',
    '550 5.1.1 no such user',
  ],
  ['delayed', 'Action: delayed', 'Status: 4.4.1', '4.4.1 Sorry'],
])('a delivery report that %s names the mail it returns', async (outcome, action, code, said) => {
  const { report, isAutomatic } = await readMail(
    bytes([
      ...head,
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      '',
      'Sorry',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx',
      '',
      action,
      code,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      ...returned,
      '--b--',
    ]),
  )
  expect(report).toEqual({ outcome, said, about: ['dlv_1.dau@tt.example'] })
  expect(isAutomatic).toBe(true)
})

test('a bounce in words of its own counts where it quotes the mail it returns, and only there', async () => {
  const bounce = (text: readonly string[]) =>
    bytes(['From: MAILER-DAEMON@mx.example', 'Subject: failure', '', ...text])
  const words = ['Hi. I could not deliver it:', '550 mailbox full', '', '--- copy ---', ...returned]
  expect((await readMail(bounce(words))).report).toEqual({
    outcome: 'failed',
    said: '550 mailbox full',
    about: ['dlv_1.dau@tt.example'],
  })
  expect((await readMail(bounce(['hello']))).report).toBeUndefined()
})

test('a mail nested too deep is refused, and a subject with a line break or a turned letter is one line', async () => {
  const deep = Array.from({ length: 40 }, (_, n) => [
    `Content-Type: multipart/mixed; boundary=b${n}`,
    '',
    `--b${n}`,
  ]).flat()
  await expect(readMail(bytes([...head, ...deep, '', 'x']))).rejects.toThrow()
  const subject = Buffer.from('a\r\nBcc: b\u202ec').toString('base64')
  const mail = await readMail(bytes([...head, `Subject: =?UTF-8?B?${subject}?=`, '', 'x']))
  expect(mail.subject).toBe('a Bcc: b c')
})
