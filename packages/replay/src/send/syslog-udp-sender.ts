import { createSocket, type Socket } from 'node:dgram'
import type { Listener, Sender, SenderCounts } from './sender.ts'

/** One datagram a record (RFC 5426). Nobody answers, so what is lost is the receiver's to count. */
export class SyslogUdpSender implements Sender {
  readonly #socket: Socket
  readonly #to: Listener
  #sent = 0

  /** Sends from `from`, an address of this machine, if given. */
  constructor(to: Listener & { readonly from?: string }) {
    this.#to = to
    this.#socket = createSocket(to.host.includes(':') ? 'udp6' : 'udp4')
    if (to.from !== undefined) this.#socket.bind({ address: to.from })
  }

  send(record: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(record, this.#to.port, this.#to.host, (error) => {
        if (error) return reject(error)
        this.#sent += 1
        resolve()
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()))
  }

  counts(): SenderCounts {
    return { sent: this.#sent, acknowledged: this.#sent, resent: 0 }
  }
}
