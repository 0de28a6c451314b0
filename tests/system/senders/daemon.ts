import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { StreamSender, TextOf } from './stream-sender.ts'

interface DaemonParts {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** It follows this file and forwards every line of it. */
  readonly file: string
  readonly textOf: TextOf
  readonly linesPerSecond: number
}

/** A log daemon of the system that follows a file. */
export class Daemon implements StreamSender {
  readonly #parts: DaemonParts
  #child: ChildProcess
  #complaints = ''

  constructor(parts: DaemonParts) {
    this.#parts = parts
    this.#child = this.#start()
  }

  get complaints(): string {
    return this.#complaints
  }

  /** Writes the lines at a steady pace. */
  async send(from: number, to: number): Promise<void> {
    const { file, textOf, linesPerSecond } = this.#parts
    const began = performance.now()
    for (let n = from; n < to; ) {
      const seconds = (performance.now() - began) / 1_000
      const due = Math.min(to, from + Math.ceil(seconds * linesPerSecond))
      const lines = Array.from({ length: due - n }, (_, i) => `${textOf(n + i)}\n`)
      if (due > n) await appendFile(file, lines.join(''))
      n = Math.max(n, due)
      await pause(10)
    }
  }

  async restart(): Promise<void> {
    await this.stop()
    this.#child = this.#start()
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }

  #start(): ChildProcess {
    const { program, args, env } = this.#parts
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    const keep = (bytes: Buffer) => {
      this.#complaints = `${this.#complaints}${bytes.toString()}`.slice(-4_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    return child
  }
}
