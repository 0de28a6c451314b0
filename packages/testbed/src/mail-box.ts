import { createServer, type Socket } from 'node:net'

/** A mail server on this machine that takes every mail and keeps it. */
export interface MailBox {
  readonly port: number
  /** The text of the newest mail to an address; undefined: none came. */
  newest(address: string): string | undefined
  close(): Promise<void>
}

/** Opens one that speaks just as much of SMTP (RFC 5321) as a sender needs. */
export async function openMailBox(): Promise<MailBox> {
  const mails: { readonly to: string; readonly text: string }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, (to, text) => mails.push({ to, text }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    newest: (to) => mails.findLast((mail) => mail.to === to)?.text,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

function converse(socket: Socket, keep: (to: string, text: string) => void): void {
  let rest = ''
  let to = ''
  let body: string[] | undefined
  const take = (line: string) => {
    if (body) {
      if (line !== '.') body.push(line.replace(/^\./, ''))
      else {
        keep(to, plainTextOf(body.join('\n')))
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

/** The plain part of a mail, decoded. */
function plainTextOf(mail: string): string {
  const [, encoding = '', content = ''] =
    /content-type: text\/plain[\s\S]*?content-transfer-encoding: (\S+)\n[\s\S]*?\n\n([\s\S]*?)\n--/i.exec(
      mail,
    ) ?? []
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString()
  if (encoding !== 'quoted-printable') return content
  const bytes = content
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return Buffer.from(bytes, 'latin1').toString()
}
