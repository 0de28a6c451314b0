import { Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@haidang/runtime/clock'
import { createHttp } from '@haidang/runtime/http/create-http'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FastifyInstance } from 'fastify'
import type { Collector } from '../collector.ts'
import type { TlsCredentials } from '../tls-credentials.ts'

export interface HttpCollectorParts {
  /** Of the protocol, for people. */
  readonly name: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  readonly mostConnections?: number
  /** Milliseconds a sender may take over one request; a minute unless told. */
  readonly requestTimeout?: number
  /** What to show by TLS, asked again and again so that new files are taken; absent: plain. */
  readonly credentials?: (() => Promise<TlsCredentials>) | undefined
}

/** Longest time a stop waits for requests in hand. */
const patience = 5000
const renewEvery = 10_000

/** A port that speaks one protocol over HTTP. Open only while the line runs; a stop finishes what is in hand. */
export class HttpCollector implements Collector {
  readonly #parts: HttpCollectorParts
  readonly #serve: (app: FastifyInstance) => void
  #app: FastifyInstance | undefined
  #port: number | undefined
  #problem: string | undefined
  #shown = ''
  #timer: NodeJS.Timeout | undefined

  /** `serve` adds the routes of the protocol. */
  constructor(parts: HttpCollectorParts, serve: (app: FastifyInstance) => void) {
    this.#parts = parts
    this.#serve = serve
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#port
  }

  async start(): Promise<void> {
    const { name, host, port, log, credentials, mostConnections = 1024 } = this.#parts
    try {
      const tls = await credentials?.()
      // Some senders drop what is answered 503.
      const app = createHttp({ ...this.#parts, tls, servesWhileClosing: true })
      app.server.maxConnections = mostConnections
      this.#serve(app)
      this.#app = app
      await app.listen({ host, port })
      this.#port = (app.server.address() as AddressInfo).port
      this.#problem = undefined
      this.#shown = JSON.stringify(tls)
      if (credentials) this.#timer = setInterval(() => void this.renew(), renewEvery)
    } catch (error) {
      this.#problem = `cannot listen on tcp ${host}:${port}: ${String(error)}`
      log.error({ error }, `the ${name} listener could not open`)
    }
  }

  /** Shows new credentials to connections from now on, if there are any. */
  async renew(): Promise<void> {
    const { credentials, log, name } = this.#parts
    try {
      const tls = await credentials?.()
      if (JSON.stringify(tls) === this.#shown) return
      if (tls && this.#app?.server instanceof HttpsServer) {
        this.#app.server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' })
      }
      this.#shown = JSON.stringify(tls)
    } catch (error) {
      log.error({ error, name }, 'new certificates cannot be used; the old ones stay')
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    const timer = setTimeout(() => this.#app?.server.closeAllConnections(), patience)
    await this.#app?.close()
    clearTimeout(timer)
    this.#port = undefined
  }

  problem(): string | undefined {
    return this.#problem
  }
}
