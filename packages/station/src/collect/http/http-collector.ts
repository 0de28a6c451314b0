import type { AddressInfo } from 'node:net'
import type { Clock } from '@haidang/runtime/clock'
import { createHttp } from '@haidang/runtime/http/create-http'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FastifyInstance } from 'fastify'
import type { Collector } from '../collector.ts'

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
}

/** Longest time a stop waits for requests in hand. */
const patience = 5000

/** A port that speaks one protocol over HTTP. Open only while the line runs; a stop finishes what is in hand. */
export class HttpCollector implements Collector {
  readonly #parts: HttpCollectorParts
  readonly #app: FastifyInstance
  #port: number | undefined
  #problem: string | undefined

  /** `serve` adds the routes of the protocol. */
  constructor(parts: HttpCollectorParts, serve: (app: FastifyInstance) => void) {
    this.#parts = parts
    // Some senders drop what is answered 503.
    this.#app = createHttp({ ...parts, servesWhileClosing: true })
    this.#app.server.maxConnections = parts.mostConnections ?? 1024
    serve(this.#app)
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#port
  }

  async start(): Promise<void> {
    const { name, host, port, log } = this.#parts
    try {
      await this.#app.listen({ host, port })
      this.#port = (this.#app.server.address() as AddressInfo).port
      this.#problem = undefined
    } catch (error) {
      this.#problem = `cannot listen on tcp ${host}:${port}: ${String(error)}`
      log.error({ error }, `the ${name} listener could not open`)
    }
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.#app.server.closeAllConnections(), patience)
    await this.#app.close()
    clearTimeout(timer)
    this.#port = undefined
  }

  problem(): string | undefined {
    return this.#problem
  }
}
