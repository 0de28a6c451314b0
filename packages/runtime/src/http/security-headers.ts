import type { FastifyInstance } from 'fastify'

/** Everything from this node alone: no inline script or style, no frame, no foreign address. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** Two years; browsers then ask for no page of this host, nor of one below it, without TLS. */
const onlyTls = 'max-age=63072000; includeSubDomains'

/**
 * Puts the security headers and the request's id on every answer; on those under a public https address also
 * that this host is to be called over TLS only (RFC 6797).
 */
export function addSecurityHeaders(app: FastifyInstance, publicUrls: readonly string[]): void {
  const overTls = publicUrls.filter((url) => url.startsWith('https:'))
  const tlsHosts = new Set(overTls.map((url) => new URL(url).host))
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id)
    if (tlsHosts.has(request.headers.host ?? '')) reply.header('strict-transport-security', onlyTls)
    done()
  })
}
