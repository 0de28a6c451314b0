import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from './harness/until.ts'

const lastWords = 2_000

/** A process of `haidang demo`, and what it says. */
export class DemonstrationProcess {
  readonly #child: ChildProcess
  readonly #directory: string
  #said = ''

  /** `child` was just started with standard output and error as pipes; `directory` is what it got as `--data`. */
  constructor(child: ChildProcess, directory: string) {
    this.#child = child
    this.#directory = directory
    const keep = (bytes: Buffer) => {
      this.#said += bytes.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Waits until it says that it is ready. If it ends instead, throws what it and its nodes said last. */
  async ready(): Promise<void> {
    const state = await until('the demonstration to be ready', 240_000, () => {
      if (this.#hasEnded) return 'ended'
      return this.#said.includes('is ready') && 'ready'
    })
    if (state === 'ended') throw new Error(`${this.#said}\n${await this.#logs()}`)
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async #logs(): Promise<string> {
    const directory = join(this.#directory, 'demo')
    const names = await readdir(directory)
    const logs = names.map(async (name) => {
      const text = await readFile(join(directory, name, 'node.log'), 'utf8').catch(() => '')
      return `${name}: ${text.slice(-lastWords)}`
    })
    return (await Promise.all(logs)).join('\n')
  }
}
