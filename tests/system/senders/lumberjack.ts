import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { SenderFiles } from './sender-certificates.ts'
import type { StreamSender, TextOf } from './stream-sender.ts'

interface LumberjackOptions {
  readonly port: number
  readonly files: SenderFiles
  readonly textOf: TextOf
}

const perWindow = 500
const packed = promisify(deflate)

/**
 * Frames as the protocol of version 2 describes them, written here: windows of compressed events, of which
 * what is not acknowledged is sent again over a new connection, as Beats do.
 */
export function lumberjackFrames({ port, files, textOf }: LumberjackOptions): StreamSender {
  let socket: TLSSocket | undefined
  let complaints = ''
  const sendWindow = async (from: number, length: number) => {
    socket ??= await dial(port, files)
    const events = Array.from({ length }, (_, i) => eventFrame(i + 1, textOf(from + i)))
    const body = await packed(Buffer.concat(events))
    socket.write(Buffer.concat([frame('2W', length), frame('2C', body.length), body]))
    for (let acknowledged = 0; acknowledged < length; ) {
      acknowledged = (await read(socket, 6)).readUInt32BE(2)
    }
  }
  return {
    get complaints() {
      return complaints
    },
    send: async (from, to) => {
      for (let n = from; n < to; ) {
        const length = Math.min(perWindow, to - n)
        try {
          await sendWindow(n, length)
          n += length
        } catch (error) {
          complaints = String(error)
          socket?.destroy()
          socket = undefined
          await pause(300)
        }
      }
    },
    restart: async () => {
      socket?.end()
      socket = undefined
    },
    stop: async () => {
      socket?.destroy()
    },
  }
}

function tlsOf(port: number, { authority, own }: SenderFiles) {
  return {
    host: 'localhost',
    port,
    ca: readFileSync(authority),
    ...(own && { cert: readFileSync(own.certificate), key: readFileSync(own.key) }),
  }
}

async function dial(port: number, files: SenderFiles): Promise<TLSSocket> {
  const socket = connect(tlsOf(port, files))
  await once(socket, 'secureConnect')
  return socket.on('error', () => undefined)
}

/** So many bytes; throws where the connection ends before. */
async function read(socket: TLSSocket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes = socket.read(length) as Buffer | null
    if (bytes?.length === length) return bytes
    if (socket.readableEnded || socket.destroyed) throw new Error('the connection ended')
    await Promise.race([once(socket, 'readable'), once(socket, 'close')])
  }
}

function frame(kind: string, ...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(2 + 4 * numbers.length)
  bytes.write(kind, 'latin1')
  for (const [i, each] of numbers.entries()) bytes.writeUInt32BE(each, 2 + 4 * i)
  return bytes
}

function eventFrame(sequence: number, message: string): Buffer {
  const json = Buffer.from(JSON.stringify({ message }))
  return Buffer.concat([frame('2J', sequence, json.length), json])
}
