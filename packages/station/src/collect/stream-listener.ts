import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, Server as TlsServer } from 'node:tls'
import type { Log } from '@haidang/runtime/log'
import { hangUp, readOut } from './farewell.ts'
import { ProtocolError } from './protocol-error.ts'
import { peerOf, type StreamPeer } from './stream-peer.ts'
import type { TlsCredentials } from './tls-credentials.ts'

export interface StreamListenerParts {
  /** The protocol, for people. */
  readonly name: string
  /** Port 0: any free one. */
  readonly at: { readonly host: string; readonly port: number } | { readonly path: string }
  /** Absent: plain. */
  readonly credentials?: TlsCredentials | undefined
  /** Reads a connection to its end; a throw closes it. The signal says that a stop waits no longer. */
  readonly serve: (peer: StreamPeer, signal: AbortSignal) => Promise<void>
  readonly log: Log
  /** Told of senders whose TLS handshake failed. */
  readonly refused?: ((sender: string, why: string) => void) | undefined
  readonly mostConnections?: number
  /** Of one address. */
  readonly mostOfOne?: number
  /** Milliseconds without a byte after which a connection is closed. */
  readonly idle?: number
  /** The same before the first byte. */
  readonly silent?: number
  /** Milliseconds a record may take from its first byte to its last, besides 4 kB/s. */
  readonly recordTime?: number
  /** Milliseconds a stop waits for what is in hand. */
  readonly patience?: number
}

const handshakeTimeout = 10_000
const longestRecordTime = 60_000

/** Accepts connections, TLS or plain, within bounds, and hands each to its protocol. */
export class StreamListener {
  readonly #parts: StreamListenerParts
  readonly #stopping = new AbortController()
  readonly #connections = new Map<StreamPeer, Promise<void>>()
  readonly #byAddress = new Map<string, number>()
  #server: Server | undefined
  #problem: string | undefined
  #hasTold = false
  #sweep: NodeJS.Timeout | undefined

  constructor(parts: StreamListenerParts) {
    this.#parts = parts
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    const address = this.#server?.address() as AddressInfo | null | undefined
    return address?.port
  }

  get isOpen(): boolean {
    return this.#server !== undefined
  }

  /** Why it does not listen; undefined: it does. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Opens it; a failure is kept in `problem`, not thrown. */
  async start(): Promise<void> {
    const { at, log, name, mostConnections = 1024 } = this.#parts
    try {
      const server = this.#create()
      server.maxConnections = mostConnections
      server.on('drop', () => log.warn({ name, mostConnections }, 'too many connections'))
      server.listen(at)
      await once(server, 'listening')
      server.on('error', (error) => log.error({ error, name }, 'a listener has trouble'))
      this.#server = server
      this.#problem = undefined
      const time = this.#parts.recordTime ?? longestRecordTime
      this.#sweep = setInterval(() => this.#closeDribbling(time), time / 10)
    } catch (error) {
      const place = 'path' in at ? at.path : `tcp ${at.host}:${at.port}`
      this.#problem = `cannot listen on ${place}: ${String(error)}`
      log.error({ error, name }, 'a listener could not open')
    }
  }

  async stop(): Promise<void> {
    this.#server?.close()
    clearInterval(this.#sweep)
    const { signal } = this.#stopping
    const { patience = 5000 } = this.#parts
    const timer = setTimeout(() => this.#stopping.abort(), patience)
    for (const peer of this.#connections.keys()) {
      peer.isClosing = true
      if (peer.readsOut) void readOut(peer.socket, signal)
      else if (!peer.owes) void hangUp(peer.socket)
    }
    await Promise.all(this.#connections.values())
    clearTimeout(timer)
    this.#stopping.abort()
  }

  /** Shows other credentials to connections from now on; those that stand keep theirs. */
  renew(credentials: TlsCredentials): void {
    if (this.#server instanceof TlsServer) this.#server.setSecureContext(contextOf(credentials))
  }

  #create(): Server {
    const { credentials, log, name } = this.#parts
    if (!credentials) return createServer((socket) => this.#accept(socket))
    const asks = credentials.ca !== undefined
    const server = createTlsServer(
      {
        ...contextOf(credentials),
        handshakeTimeout,
        requestCert: asks,
        rejectUnauthorized: asks,
      },
      (socket) => this.#accept(socket),
    )
    return server.on('tlsClientError', (error, socket) => {
      const sender = socket.remoteAddress ?? ''
      log.debug({ error, name, sender }, 'a TLS handshake failed')
      this.#parts.refused?.(sender, handshakeFailure(error, socket))
    })
  }

  #accept(socket: Socket): void {
    const { log, name, idle = 3_600_000, silent = 300_000, mostOfOne = 256 } = this.#parts
    socket.on('error', (error) => log.debug({ error, name }, 'a connection broke'))
    const address = socket.remoteAddress ?? ''
    const open = this.#byAddress.get(address) ?? 0
    if (address !== '' && open >= mostOfOne) {
      log.warn({ name, address, mostOfOne }, 'too many connections of one address')
      socket.destroy()
      return
    }
    this.#byAddress.set(address, open + 1)
    socket.setKeepAlive(true, 60_000)
    socket.setTimeout(silent, () => socket.destroy())
    socket.once('readable', () => socket.setTimeout(idle))
    const peer = peerOf(socket)
    const reading = this.#parts
      .serve(peer, this.#stopping.signal)
      .then(() => hangUp(socket))
      .catch((error: unknown) => this.#tell(error, address))
      .finally(() => {
        this.#connections.delete(peer)
        this.#release(address)
        socket.destroy()
      })
    this.#connections.set(peer, reading)
  }

  #closeDribbling(time: number): void {
    for (const { record, socket } of this.#connections.keys()) {
      if (!record.isOver(time)) continue
      const error = new ProtocolError(`a record was not whole after ${time / 1000} s`)
      this.#tell(error, socket.remoteAddress ?? '')
      socket.destroy()
    }
  }

  /** Why a peer was sent away is said once a minute: who is cut off comes back at once. */
  #tell(error: unknown, address: string): void {
    const { log, name } = this.#parts
    if (!(error instanceof ProtocolError) || this.#hasTold) {
      log.debug({ error, name, address }, 'a connection ended')
      return
    }
    log.warn({ name, address, reason: error.message }, 'a sender was sent away')
    this.#hasTold = true
    setTimeout(() => {
      this.#hasTold = false
    }, 60_000).unref()
  }

  #release(address: string): void {
    const open = (this.#byAddress.get(address) ?? 1) - 1
    if (open > 0) this.#byAddress.set(address, open)
    else this.#byAddress.delete(address)
  }
}

/** The code of what went wrong: of the peer's certificate, if that was refused, else of the handshake. */
function handshakeFailure(error: Error & { code?: string }, socket: TLSSocket): string {
  return String(socket.authorizationError ?? error.code ?? error.message)
}

function contextOf({ key, cert, ca }: TlsCredentials) {
  return { key, cert, minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca }) }
}
