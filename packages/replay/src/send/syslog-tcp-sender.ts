import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import type { Listener, Sender, SenderCounts } from './sender.ts'

const firstPause = 100
const longestPause = 2_000
const certificateFault = /CERT|SIGNATURE|ISSUER/

/** A listener of syslog over a stream; inside TLS if `tls` is given. */
export interface StreamListener extends Listener {
  /** PEM of who signed the listener's certificate; who the system trusts unless given. */
  readonly tls?: { readonly ca?: string }
  /** Address of this machine to send from. */
  readonly from?: string
}

/**
 * Octet-counted records over one connection (RFC 6587 section 3.4.1, in TLS RFC 5425). Syslog over TCP does not answer: what was in
 * flight when a connection broke may be lost, as with any sender of it. Throws where the listener's certificate is
 * not trusted.
 */
export class SyslogTcpSender implements Sender {
  readonly #to: StreamListener
  readonly #signal: AbortSignal
  #socket: Socket | undefined
  #sent = 0

  constructor(to: StreamListener, signal: AbortSignal) {
    this.#to = to
    this.#signal = signal
  }

  async send(record: string): Promise<void> {
    const socket = await this.#connected()
    const bytes = Buffer.from(record)
    const room = socket.write(Buffer.concat([Buffer.from(`${bytes.length} `), bytes]))
    this.#sent += 1
    if (!room) await drained(socket)
  }

  async close(): Promise<void> {
    const socket = this.#socket
    if (!socket || socket.destroyed) return
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.end()
    socket.resume()
    await closed
  }

  counts(): SenderCounts {
    return { sent: this.#sent, acknowledged: this.#sent, resent: 0 }
  }

  async #connected(): Promise<Socket> {
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      if (this.#socket && !this.#socket.destroyed && this.#socket.writable) return this.#socket
      this.#signal.throwIfAborted()
      this.#socket = await open(this.#to).catch((error: NodeJS.ErrnoException) => {
        // Another time its certificate is no better.
        if (this.#to.tls && certificateFault.test(error.code ?? '')) throw error
        return undefined
      })
      if (!this.#socket) await pause(wait, undefined, { signal: this.#signal })
    }
  }
}

function open({ host, port, tls, from }: StreamListener): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const to = { host, port, ...(from !== undefined && { localAddress: from }) }
    const socket = tls ? connectTls({ ...to, ...tls }) : connect(to)
    socket.once('error', reject)
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject)
      // A broken connection shows in `destroyed`; the next record opens another.
      socket.on('error', () => socket.destroy())
      resolve(socket)
    })
  })
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })
}
