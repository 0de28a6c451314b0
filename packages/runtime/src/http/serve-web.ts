import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../problem.ts'

/** Addresses of machines: an unknown one below them is a problem, not the portal. */
const machineAddresses =
  /^\/(api|\.well-known|ingest|link|taxii2|healthz|readyz|metrics|assets)(\/|$)/
const forever = 'public, max-age=31536000, immutable'

/**
 * Serves a built portal: files as they are (below `assets/` they carry a hash in their name and are kept
 * for ever), any other address as `index.html`, which finds its own way. Files beside them ending in
 * `.br` or `.gz` are sent to who accepts them. Without a build every page answers request.not-found.
 */
export async function serveWeb(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return
  const assets = join(directory, 'assets') + sep
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.startsWith(assets) ? forever : 'no-cache')
    },
  })
  app.get('/*', (request, reply) => {
    const [path = ''] = request.url.split('?')
    if (machineAddresses.test(path)) throw new Problem('request.not-found')
    return reply.sendFile('index.html')
  })
}
