import { setTimeout as pause } from 'node:timers/promises'
import type * as Jetstream from '@nats-io/jetstream'
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node'
import type { Clock } from '../../clock.ts'
import { type HealthFinding, healthy } from '../../health.ts'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'

export interface BusSettings {
  /** Servers, separated by commas: nats://host:4222 or tls://host:4222. */
  readonly url: string
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly token?: string | undefined
  /** Text of a credentials file (JWT and seed). */
  readonly credentials?: string | undefined
  /** Seed of an NKEY. */
  readonly nkey_secret?: string | undefined
  /** PEM files. */
  readonly tls: {
    readonly authority?: string | undefined
    readonly certificate?: string | undefined
    readonly key?: string | undefined
  }
}

interface ConnectParts {
  readonly settings: BusSettings
  /** What the servers show for this connection. */
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds a server may be away at the start; 30 s unless told. */
  readonly patience?: number
}

/** A connection to the servers, kept up for as long as the node runs. */
export interface Bus {
  readonly connection: NatsConnection
  readonly library: typeof Jetstream
  check(): Promise<HealthFinding>
  close(): Promise<void>
}

const version = '3.4.0'
/** What is said where the library is not installed. */
export const missingLibrary = `bus.url is set, and the library for NATS is not installed: npm install --no-save @nats-io/transport-node@${version} @nats-io/jetstream@${version}, then start the node again`

/** Connects to the first server that answers. Throws Problem configuration.invalid with what is wrong and what to do. */
export async function connectBus(parts: ConnectParts): Promise<Bus> {
  const { settings, name, clock, log, patience = 30_000 } = parts
  const [transport, library] = await load()
  const options: NodeConnectionOptions = {
    servers: settings.url.split(',').map((server) => server.trim()),
    name,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 500,
    timeout: 5_000,
    pingInterval: 10_000,
    ...signIn(settings, transport),
    ...secured(settings),
  }
  const start = clock.monotonic()
  for (;;) {
    try {
      const connection = await transport.connect(options)
      void watch(connection, log)
      return busOf(connection, library, settings.url)
    } catch (error) {
      const isLate = clock.monotonic() - start >= patience
      const isRefused = error instanceof transport.errors.AuthorizationError
      if (isLate || isRefused) throw unreachable(settings.url, error, isRefused)
      log.warn({ url: settings.url, error }, 'the bus does not answer yet')
      await pause(Math.min(1_000, patience))
    }
  }
}

async function load() {
  try {
    return await Promise.all([import('@nats-io/transport-node'), import('@nats-io/jetstream')])
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === 'ERR_MODULE_NOT_FOUND'
      ? new Problem('configuration.invalid', missingLibrary)
      : error
  }
}

function signIn(
  { user, password, token, credentials, nkey_secret }: BusSettings,
  library: typeof import('@nats-io/transport-node'),
): NodeConnectionOptions {
  const bytes = (text: string) => new TextEncoder().encode(text)
  if (credentials !== undefined)
    return { authenticator: library.credsAuthenticator(bytes(credentials)) }
  if (nkey_secret !== undefined)
    return { authenticator: library.nkeyAuthenticator(bytes(nkey_secret)) }
  if (token !== undefined) return { token }
  return user === undefined ? {} : { user, pass: password ?? '' }
}

function secured({ url, tls }: BusSettings): NodeConnectionOptions {
  const { authority, certificate, key } = tls
  if (!url.includes('tls://') && authority === undefined && certificate === undefined) return {}
  return {
    tls: {
      ...(authority !== undefined && { caFile: authority }),
      ...(certificate !== undefined && { certFile: certificate }),
      ...(key !== undefined && { keyFile: key }),
    },
  }
}

function busOf(connection: NatsConnection, library: typeof Jetstream, url: string): Bus {
  return {
    connection,
    library,
    check: async () => {
      const began = performance.now()
      const away = await connection.flush().then(
        () => undefined,
        (error: Error) => error.message,
      )
      const took = `${Math.round(performance.now() - began)} ms`
      return away === undefined
        ? healthy(`NATS trả lời sau ${took}`, `NATS answers after ${took}`)
        : absent(url, away)
    },
    close: () => connection.close(),
  }
}

function absent(url: string, words: string): HealthFinding {
  return {
    state: 'fail',
    cause: {
      vi: `NATS tại ${url} không trả lời, nút không nhận thêm bản ghi: ${words}`,
      en: `NATS at ${url} does not answer, and no more records are taken in: ${words}`,
    },
    remedy: {
      vi: 'Khởi động máy chủ NATS hoặc sửa bus.url; bản ghi đã nhận không mất',
      en: 'Start the NATS servers, or correct bus.url; nothing taken in is lost',
    },
  }
}

async function watch(connection: NatsConnection, log: Log): Promise<void> {
  for await (const { type } of connection.status())
    if (type === 'disconnect' || type === 'reconnect') log.warn({ type }, 'connection to the bus')
}

function unreachable(url: string, error: unknown, isRefused: boolean): Problem {
  const words = error instanceof Error ? error.message : String(error)
  const remedy = isRefused
    ? 'correct bus.user and bus.password, bus.token, bus.credentials or bus.nkey_secret'
    : 'start the servers or correct bus.url'
  const cause = isRefused ? `refuses this node: ${words}` : `does not answer: ${words}`
  return new Problem('configuration.invalid', `bus.url: ${url} ${cause}; ${remedy}`, [
    { field: 'bus.url', cause, remedy },
  ])
}
