import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

/**
 * Refuses a change asked for by another site's page in the name of whoever is signed in here
 * (Problem request.forged). Browsers send Origin with every such request; what comes without it and
 * without Sec-Fetch-Site is no browser and cannot be misled.
 */
export function requireSameSite(request: FastifyRequest, trusted: ReadonlySet<string>): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { cookie, origin, 'sec-fetch-site': site } = request.headers
  if (cookie === undefined) return
  if (origin !== undefined) {
    const host = hostOf(origin)
    if (host !== undefined && (host === request.headers.host || trusted.has(host))) return
    throw new Problem('request.forged')
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Problem('request.forged')
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
