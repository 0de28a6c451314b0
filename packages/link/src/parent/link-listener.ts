import { Server } from 'node:https'
import { problemReplier } from '@haidang/runtime/http/problem-reply'
import type { NewId } from '@haidang/runtime/ids'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import { type FastifyInstance, fastify } from 'fastify'
import type { ServerCredentials } from '../keys/authority.ts'
import { limits } from '../wire/limits.ts'

/**
 * An HTTPS server for children: TLS 1.3 only; client certificates are asked for and judged per request,
 * because a newcomer has none and an expired one deserves an answer that says so.
 */
export function linkListener(
  { key, cert, ca }: ServerCredentials,
  log: Log,
  newId: NewId,
): FastifyInstance {
  const app = fastify({
    https: {
      key,
      cert,
      ca,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: 10_000,
    },
    bodyLimit: limits.body,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
  })
  app.server.maxConnections = 4096
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(problemReplier(log, newId))
  app.setNotFoundHandler((request) => {
    throw new Problem('request.not-found', request.url.slice(0, 200))
  })
  return app
}

/** Shows new credentials to connections from now on; those that stand keep theirs. */
export function showCredentials(app: FastifyInstance, { key, cert, ca }: ServerCredentials): void {
  if (app.server instanceof Server)
    app.server.setSecureContext({ key, cert, ca, minVersion: 'TLSv1.3' })
}
