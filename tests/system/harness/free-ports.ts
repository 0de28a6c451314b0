import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/** Below those the kernel gives to whoever connects: what is free now is not taken by a client of another test. */
const range = { from: 20_000, to: 32_000 }

/** Ports of loopback that nobody uses, all different; drawn by lot, as other tests run at the same time. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  while (servers.length < count) {
    const server = await listening(randomInt(range.from, range.to))
    if (server !== undefined) servers.push(server)
  }
  const ports = servers.map(portOf)
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return ports
}

/** Undefined where the port is taken. */
function listening(port: number): Promise<Server | undefined> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
