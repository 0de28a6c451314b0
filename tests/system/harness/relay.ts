import { connect, createServer, type Server, type Socket } from 'node:net'
import { portOf } from './free-ports.ts'

/** Carries TCP connections to a port of loopback, until it is told to cut them and let none through. */
export class Relay {
  readonly port: number
  readonly #server: Server
  readonly #open: Set<Socket>
  #isCut = false

  static async open(to: number): Promise<Relay> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return new Relay(server, to)
  }

  private constructor(server: Server, to: number) {
    this.#server = server
    this.#open = new Set()
    this.port = portOf(server)
    server.on('connection', (socket) => this.#carry(socket, to))
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#open) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((done) => this.#server.close(done))
  }

  #carry(near: Socket, to: number): void {
    if (this.#isCut) {
      near.destroy()
      return
    }
    // From the address it came from: what is counted by address is counted as without the wire between.
    const localAddress = near.remoteAddress
    const far = connect({ port: to, host: '127.0.0.1', ...(localAddress && { localAddress }) })
    near.pipe(far)
    far.pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(one)
      // A broken connection ends its other half; why it broke does not matter to a wire.
      one.on('error', () => undefined)
      one.once('close', () => {
        this.#open.delete(one)
        other.destroy()
      })
    }
  }
}
