import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type LocalAccess, readLocalAccess, removeLocalAccess } from '../local-access.ts'
import type { DemoState } from './demo-state.ts'

/** One node of the demonstration network: a child process of this program with its own data directory. */
export class DemoNode {
  readonly key: string
  readonly directory: string
  readonly ports: DemoState['nodes'][string]
  #child: ChildProcess | undefined
  #exit: Promise<number | null> = Promise.resolve(null)

  constructor(key: string, directory: string, ports: DemoState['nodes'][string]) {
    this.key = key
    this.directory = directory
    this.ports = ports
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.http_port}`
  }

  /** Starts the process and waits until it is ready; throws with the place of its log if it does not get there. */
  async start(signal: AbortSignal): Promise<LocalAccess> {
    await mkdir(this.directory, { recursive: true })
    await removeLocalAccess(this.directory)
    const configuration = join(this.directory, 'haidang.yaml')
    await writeFile(configuration, this.#configuration())
    const logFile = join(this.directory, 'node.log')
    const log = createWriteStream(logFile, { flags: 'a' })
    const main = join(import.meta.dirname, '../main.ts')
    const child = spawn(
      process.execPath,
      [
        '--max-old-space-size=384',
        main,
        'start',
        '--data',
        this.directory,
        '--config',
        configuration,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    )
    child.stdout.pipe(log)
    child.stderr.pipe(log)
    this.#child = child
    this.#exit = new Promise((resolve) => child.once('exit', resolve))
    return await this.#ready(logFile, signal)
  }

  /** Asks the process to end and waits for it. */
  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM')
    await this.#exit
  }

  async #ready(logFile: string, signal: AbortSignal): Promise<LocalAccess> {
    let gone = false
    void this.#exit.then(() => {
      gone = true
    })
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(120_000)])
    while (!deadline.aborted) {
      if (gone) throw new Error(`node ${this.key} ended at its start; its log is ${logFile}`)
      const access = await readLocalAccess(this.directory)
      if (access && (await answers(`${this.url}/healthz`))) return access
      await delay(100)
    }
    throw new Error(`node ${this.key} was not ready in time; its log is ${logFile}`)
  }

  #configuration(): string {
    const { http_port, link_port, syslog_port } = this.ports
    return [
      'node:',
      '  simulated: true',
      'http:',
      `  port: ${http_port}`,
      'link:',
      `  port: ${link_port}`,
      'database:',
      '  pool_size: 6',
      'station:',
      `  syslog_port: ${syslog_port}`,
      '  workers: 1',
      '',
    ].join('\n')
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined)
  return response?.ok === true
}
