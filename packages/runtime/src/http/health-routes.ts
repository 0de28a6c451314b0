import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HealthRegistry } from '../health.ts'
import type { Metrics } from '../metrics.ts'
import { Problem } from '../problem.ts'
import type { Gate } from './serve.ts'

/**
 * `/healthz`: the process answers. `/readyz`: every check, 503 if one failed. `/metrics`: the figures.
 * Causes and figures are told to this machine and to whoever is signed in; to others only yes or no.
 */
export function healthRoutes(
  app: FastifyInstance,
  health: HealthRegistry,
  metrics: Metrics,
  gate: Gate = async () => undefined,
): void {
  app.get('/healthz', (_, reply) => {
    reply.header('cache-control', 'no-store').send({ ok: true })
  })
  app.get('/readyz', async (request, reply) => {
    const { ready, checks } = await health.readiness()
    reply.status(ready ? 200 : 503).header('cache-control', 'no-store')
    return { ready, checks: (await mayKnow(request, gate)) ? checks : [] }
  })
  app.get('/metrics', async (request, reply) => {
    if (!(await mayKnow(request, gate))) throw new Problem('session.required')
    const { text, type } = await metrics.expose()
    return reply.type(type).send(text)
  })
}

async function mayKnow(request: FastifyRequest, gate: Gate): Promise<boolean> {
  return isOfThisMachine(request) || (await gate(request)) !== undefined
}

/** A proxy on this machine calls from here too, in the name of whoever called it. */
function isOfThisMachine({ ip, headers }: FastifyRequest): boolean {
  const passedOn = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['via']
  return passedOn === undefined && /^(::ffff:)?127\.|^::1$/.test(ip)
}
