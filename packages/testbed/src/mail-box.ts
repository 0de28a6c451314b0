import { createServer, type Socket } from 'node:net'
import { readMail } from '@haidang/runtime/mail/read-mail'

/** A mail server on this machine that takes every mail and keeps it. */
export interface MailBox {
  readonly port: number
  /** The text of the newest mail to an address; undefined: none came. */
  newest(address: string): Promise<string | undefined>
  close(): Promise<void>
}

/** Opens one that speaks just as much of SMTP (RFC 5321) as a sender needs. */
export async function openMailBox(): Promise<MailBox> {
  const mails: { readonly to: string; readonly bytes: Uint8Array }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, (to, bytes) => mails.push({ to, bytes }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    newest: async (to) => {
      const mail = mails.findLast((one) => one.to === to)
      return mail && (await readMail(mail.bytes)).text
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

function converse(socket: Socket, keep: (to: string, bytes: Uint8Array) => void): void {
  let rest = ''
  let to = ''
  let body: string[] | undefined
  const take = (line: string) => {
    if (body) {
      if (line !== '.') body.push(line.replace(/^\./, ''))
      else {
        keep(to, Buffer.from(body.join('\r\n'), 'latin1'))
        body = undefined
        socket.write('250 taken\r\n')
      }
    } else if (line.startsWith('DATA')) {
      body = []
      socket.write('354 go on\r\n')
    } else if (line.startsWith('QUIT')) socket.end('221 bye\r\n')
    else {
      to = /^RCPT TO:<([^>]*)>/.exec(line)?.[1] ?? to
      socket.write('250 well\r\n')
    }
  }
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  socket.write('220 mailbox.test\r\n')
}
