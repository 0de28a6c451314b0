import type { Endpoint } from '@haidang/contracts/endpoint'
import { isTooDeep } from '@haidang/contracts/json-nesting'
import fastify, { type FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import { idsFrom, newUuid } from '../ids.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problem.ts'
import type { NoteRead } from './note-read.ts'
import { problemReplier } from './problem-reply.ts'
import { type Rate, RateLimiter } from './rate-limiter.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { unreadableReplier } from './unreadable-request.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Endpoints served so far, for OpenAPI. */
    readonly served: Endpoint[]
    /** Hosts (name and port) whose pages may call with a cookie, besides the one called. */
    readonly trustedHosts: ReadonlySet<string>
    /** Holds back guessing at what may be called without signing in. */
    readonly publicLimiter: RateLimiter
    /** Keeps one caller from taking all of the node; null: nobody is held back. */
    readonly callerLimiter: RateLimiter | null
    /** Writes down who reads something sensitive; null: nobody does, and none of it is answered. */
    noteRead: NoteRead | null
  }
  interface FastifyRequest {
    /** Id of who calls, once known: what the log says of a refusal. */
    actor: string | null
  }
}

export interface HttpOptions {
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  /** Bytes of a request body at most; one mebibyte unless told. */
  readonly bodyLimit?: number
  /** Addresses people use when a proxy stands in front, e.g. `https://soc.example`. */
  readonly publicUrls?: readonly string[]
  /** Whether requests that come on an open connection while the server stops are still served. */
  readonly servesWhileClosing?: boolean
  /** For changes that anyone may ask for (sign-in, set-up), by address. */
  readonly publicRate?: Rate
  /** For all calls of one who is known; without end unless told. */
  readonly callerRate?: Rate | undefined
  /** Whether the node has more to do than it gets done: calls of the API are then told to come back. */
  readonly isBusy?: (() => boolean) | undefined
  /** Does the work of a call; what callers do may be held back behind the node's own work. */
  readonly asCaller?: ((work: () => void) => void) | undefined
  /** Milliseconds a client may take to send a whole request, against slow-drip connections; a minute unless told. */
  readonly requestTimeout?: number
  /** HTTPS with this certificate; with authorities of clients, who must show theirs. */
  readonly tls?: HttpCredentials | undefined
}

/** PEM. */
export interface HttpCredentials {
  readonly key: string
  readonly cert: string
  readonly ca?: string | undefined
}

const deepestBody = 256

/**
 * A server with our conventions and no route: every refusal is problem+json with an id that is in the
 * log, security headers, request ids, figures for each route, bounded bodies and times.
 */
export function createHttp(options: HttpOptions): FastifyInstance {
  const { log, metrics, clock, bodyLimit = 1_048_576 } = options
  const hosts = (options.publicUrls ?? []).map((url) => new URL(url).host)
  const requestTimeout = options.requestTimeout ?? 60_000
  const settings = {
    bodyLimit,
    // Behind a proxy on this machine, its X-Forwarded-For says who calls: else all would share one address,
    // and one who guesses passwords would lock everybody out.
    trustProxy: hosts.length > 0 ? ('loopback' as const) : false,
    logger: false as const,
    requestTimeout,
    genReqId: () => newUuid(clock),
    clientErrorHandler: unreadableReplier(log),
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle' as const,
    return503OnClosing: options.servesWhileClosing !== true,
  }
  // Node looks for slow requests only where their headers have no longer time.
  const times = { connectionsCheckingInterval: requestTimeout / 2, headersTimeout: requestTimeout }
  const app: FastifyInstance = options.tls
    ? fastify({ ...settings, https: { ...httpsOf(options.tls), ...times } })
    : fastify({ ...settings, http: times })
  app.decorate('served', [])
  app.decorate('trustedHosts', new Set(hosts))
  const rate = options.publicRate ?? { burst: 60, perSecond: 1 }
  app.decorate('publicLimiter', new RateLimiter(rate, clock))
  const { callerRate } = options
  app.decorate('callerLimiter', callerRate ? new RateLimiter(callerRate, clock) : null)
  app.decorate('noteRead', null)
  app.decorateRequest('actor', null)
  refuseDeepJson(app)
  if (options.servesWhileClosing !== true) endConnectionsWhileClosing(app)
  addSecurityHeaders(app, options.publicUrls ?? [])
  if (options.isBusy) refuseWhileBusy(app, options.isBusy)
  if (options.asCaller) workAsCaller(app, options.asCaller)
  addFigures(app, metrics)
  app.setErrorHandler(problemReplier(log, idsFrom(clock)))
  app.setNotFoundHandler(() => {
    throw new Problem('request.not-found')
  })
  return app
}

function httpsOf({ key, cert, ca }: HttpCredentials) {
  return {
    key,
    cert,
    ...(ca !== undefined && { ca }),
    minVersion: 'TLSv1.2' as const,
    requestCert: ca !== undefined,
    rejectUnauthorized: ca !== undefined,
    handshakeTimeout: 10_000,
  }
}

/**
 * What is answered while the server stops ends its connection: only those idle when stopping begins are
 * closed then, and one that was busy would keep the process for as long as it may stay idle.
 */
function endConnectionsWhileClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

/** Nobody waits behind hundreds of others for an answer they no longer want, and the node’s own work gets its turn. */
function refuseWhileBusy(app: FastifyInstance, isBusy: () => boolean): void {
  app.addHook('onRequest', async ({ url }) => {
    if (url.startsWith('/api/') && isBusy()) throw new Problem('database.busy')
  })
}

/** Once before the body is read and once after: what follows a body begins from its socket, not from the call. */
function workAsCaller(app: FastifyInstance, asCaller: (work: () => void) => void): void {
  app.addHook('onRequest', (_request, _reply, done) => asCaller(done))
  app.addHook('preValidation', (_request, _reply, done) => asCaller(done))
}

/** Text that nests thousands deep is refused before it is parsed. */
function refuseDeepJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isTooDeep(String(body), deepestBody)) {
      done(new Problem('request.invalid', `the body is nested deeper than ${deepestBody} levels`))
    } else void parse(request, String(body), done)
  })
}

function addFigures(app: FastifyInstance, metrics: Metrics): void {
  const labels = ['method', 'route', 'status']
  const seconds = metrics.histogram('http_request_seconds', 'Time to answer a request', labels)
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    seconds.observe(reply.elapsedTime / 1000, { method: request.method, route, status })
    done()
  })
}
