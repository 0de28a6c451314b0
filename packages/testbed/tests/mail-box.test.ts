import { once } from 'node:events'
import { connect } from 'node:net'
import { openSmtp } from '@haidang/runtime/mail/smtp-transport'
import { openMailBox } from '@haidang/testbed/mail-box'
import { afterAll, expect, test } from 'vitest'

const box = await openMailBox()
const smtp = openSmtp({
  host: '127.0.0.1',
  port: box.port,
  security: 'plain',
  from: { name: 'Trung tâm', address: 'haidang@soc.test' },
  list: 'Hải Đăng',
})
afterAll(async () => {
  smtp.close()
  await box.close()
})

test('a link is read whole wherever quoted-printable breaks it, also before two hyphens', async () => {
  const text = `Trả lời lệnh:\nhttps://soc.test/answer#${'A-'.repeat(3)}${'--'.repeat(60)}Z\n`
  const mail = { id: 'm1', thread: 't1', subject: 'Lệnh', html: '<p>Lệnh</p>' }
  await smtp.send({ ...mail, to: { name: '', address: 'truc@don-vi.example' }, text })
  expect(await box.newest('truc@don-vi.example')).toBe(`${text}\n`)
})

test('a mail that comes byte by byte is the one that was sent, with its lines that begin with a dot', async () => {
  const socket = connect(box.port, '127.0.0.1')
  socket.setEncoding('latin1')
  await once(socket, 'data')
  const say = async (words: string) => {
    const answered = once(socket, 'data')
    for (const byte of Buffer.from(`${words}\r\n`)) socket.write(Uint8Array.of(byte))
    await answered
  }
  socket.setNoDelay(true)
  await say('RCPT TO:<cham@don-vi.example>')
  await say('DATA')
  await say('Content-Type: text/plain; charset=utf-8\r\n\r\nLệnh\r\n..chấm\r\n--\r\n.')
  socket.destroy()
  expect(await box.newest('cham@don-vi.example')).toBe('Lệnh\n.chấm\n--\n')
})
