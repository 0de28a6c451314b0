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

const usualPort = 8080
const lowestPort = 20_000
const highestPort = 32_000

/**
 * Reads the state, or makes a first one: free loopback ports, one password for all its accounts. The centre's portal
 * gets the port that is asked for, if one is. Throws if the state was written by a version that this one cannot read.
 */
export async function openDemoState(
  directory: string,
  keys: readonly string[],
  centrePort: number | undefined,
): Promise<DemoState> {
  const text = await readFile(join(directory, 'demo.json'), 'utf8').catch(() => undefined)
  if (text !== undefined) return moved(stateOf(text, keys, directory), keys, centrePort)
  const nodes: DemoState['nodes'] = {}
  for (const [index, key] of keys.entries()) {
    nodes[key] = {
      http_port: index === 0 ? (centrePort ?? usualPort) : await freePort(),
      link_port: await freePort(),
      syslog_port: await freePort(),
      tokens: {},
    }
  }
  return { password: `demo-${randomBytes(6).toString('hex')}`, seeded: false, nodes }
}

function stateOf(text: string, keys: readonly string[], directory: string): DemoState {
  const state = DemoState.safeParse(parsed(text)).data
  if (!state || keys.some((key) => !state.nodes[key])) {
    throw new Error(`${directory} is a demonstration of another version; remove it to begin anew`)
  }
  return state
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function moved(state: DemoState, [centre = '']: readonly string[], port?: number): DemoState {
  const node = state.nodes[centre]
  if (!node || port === undefined) return state
  return { ...state, nodes: { ...state.nodes, [centre]: { ...node, http_port: port } } }
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
