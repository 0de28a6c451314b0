import { randomBytes, randomInt } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'

const NodeState = z.object({
  http_port: z.number(),
  link_port: z.number(),
  syslog_port: z.number(),
  /** Tokens of json-lines sources by source name. */
  tokens: z.record(z.string(), z.string()),
})

/** What a demonstration network keeps between starts, in `demo.json`. */
export const DemoState = z.object({
  password: z.string(),
  seeded: z.boolean(),
  nodes: z.record(z.string(), NodeState),
})
export type DemoState = z.infer<typeof DemoState>

const lowestPort = 20_000
const highestPort = 32_000

/** Reads the state, or makes a first one: free loopback ports, one password for all its accounts. */
export async function openDemoState(
  directory: string,
  keys: readonly string[],
  centrePort: number,
): Promise<DemoState> {
  const text = await readFile(join(directory, 'demo.json'), 'utf8').catch(() => undefined)
  if (text !== undefined) return DemoState.parse(JSON.parse(text))
  const nodes: DemoState['nodes'] = {}
  for (const [index, key] of keys.entries()) {
    nodes[key] = {
      http_port: index === 0 ? centrePort : await freePort(),
      link_port: await freePort(),
      syslog_port: await freePort(),
      tokens: {},
    }
  }
  return { password: `demo-${randomBytes(6).toString('hex')}`, seeded: false, nodes }
}

/** Keeps the state; readable by its owner only. */
export async function saveDemoState(directory: string, state: DemoState): Promise<void> {
  await mkdir(directory, { recursive: true })
  const file = join(directory, 'demo.json')
  await writeFile(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/**
 * A port of loopback that nobody uses, below those a system gives to outgoing connections: one of those
 * may carry a connection the moment the node wants to listen, now or at a later start.
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowestPort, highestPort)
    if (await isFree(port)) return port
  }
  throw new Error('no free port on loopback')
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
