import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const places = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server']
const binary = places.find((path) => existsSync(path))

/** Why tests with a NATS server cannot run here; undefined: they can. */
export const natsMissing = binary === undefined ? 'nats-server is not installed' : undefined

interface NatsOptions {
  /** Its address and store, where it was there before; both made anew otherwise. */
  readonly port?: number
  readonly directory?: string
  /** More lines of its configuration. */
  readonly settings?: string
}

/** A NATS server with JetStream, on loopback, of one test. */
export class NatsServer implements AsyncDisposable {
  readonly port: number
  readonly directory: string
  readonly #settings: string
  #process: ChildProcess | undefined

  private constructor(port: number, directory: string, settings: string) {
    this.port = port
    this.directory = directory
    this.#settings = settings
  }

  /** Starts one; resolves when JetStream answers. */
  static async start({ settings = '', ...given }: NatsOptions = {}): Promise<NatsServer> {
    const port = given.port ?? (await freePort())
    const directory = given.directory ?? (await mkdtemp(join(tmpdir(), 'haidang-nats-')))
    const server = new NatsServer(port, directory, settings)
    await server.start()
    return server
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`
  }

  /** Starts it again on the same store. */
  async start(): Promise<void> {
    if (binary === undefined) throw new Error(natsMissing)
    const file = join(this.directory, 'nats.conf')
    await writeFile(
      file,
      `host: 127.0.0.1\nport: ${this.port}\njetstream { store_dir: "${this.directory}" }\n${this.#settings}\n`,
    )
    const server = spawn(binary, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#process = server
    let said = ''
    server.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes).slice(-4096)
    })
    for (let look = 0; look < 1000; look++) {
      if (said.includes('Server is ready')) return
      if (server.exitCode !== null) throw new Error(`nats-server ended: ${said}`)
      await pause(10)
    }
    throw new Error(`nats-server does not become ready: ${said}`)
  }

  /** Ends it; SIGKILL leaves the store as it was at that moment. */
  async stop(signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL'): Promise<void> {
    const server = this.#process
    this.#process = undefined
    if (!server || server.exitCode !== null) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await rm(this.directory, { recursive: true, force: true })
  }
}

/** Three servers that keep every message together. */
export async function natsCluster(): Promise<NatsServer[]> {
  const routes = await Promise.all([freePort(), freePort(), freePort()])
  const list = routes.map((port) => `nats://127.0.0.1:${port}`).join(', ')
  return Promise.all(
    routes.map((port, at) =>
      NatsServer.start({
        settings: `server_name: n${at}\ncluster { name: test, host: 127.0.0.1, port: ${port}, routes: [${list}] }`,
      }),
    ),
  )
}
