import { Agent } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** Reaches a server on a UNIX socket, whatever address the request names. */
export class SocketAgent extends Agent {
  readonly #socket: string

  constructor(socket: string) {
    super({ keepAlive: true, maxSockets: 16 })
    this.#socket = socket
  }

  override createConnection(): Duplex {
    return connect(this.#socket)
  }
}
