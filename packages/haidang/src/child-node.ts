import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { lockDataDirectory } from '@haidang/runtime/data-directory'
import { Problem } from '@haidang/runtime/problem'
import { type LocalAccess, readLocalAccess, removeLocalAccess } from './local-access.ts'

interface ChildNodeOptions {
  readonly name: string
  readonly directory: string
  /** Text of its `haidang.yaml`. */
  readonly configuration: string
  /** How long it may take to answer, milliseconds. */
  readonly patience?: number
}

/** A node as a child process of this program: its own data directory, its output in `node.log` there. */
export class ChildNode {
  readonly name: string
  readonly directory: string
  readonly #configuration: string
  readonly #patience: number
  #child: ChildProcess | undefined
  #exit: Promise<void> = Promise.resolve()

  constructor({ name, directory, configuration, patience }: ChildNodeOptions) {
    this.name = name
    this.directory = directory
    this.#configuration = configuration
    this.#patience = patience ?? 120_000
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /**
   * Starts the process and waits until it answers; throws with the place of its log if it does not get there, and
   * the signal's reason if that aborts first.
   */
  async start(signal: AbortSignal): Promise<LocalAccess> {
    // PostgreSQL passes through as another user when we are root; nobody looks around.
    await mkdir(this.directory, { recursive: true, mode: 0o711 })
    await this.#untilFree(signal)
    await removeLocalAccess(this.directory)
    const file = join(this.directory, 'haidang.yaml')
    await writeFile(file, this.#configuration)
    const main = join(import.meta.dirname, 'main.ts')
    // Who aborts stops what runs at that moment; a process begun afterwards nobody would end.
    signal.throwIfAborted()
    // A group of its own: Ctrl-C in the terminal reaches the parent alone, which stops its children in order.
    // The channel ends with the parent, however that dies: the child then stops by itself (main.ts).
    const child = spawn(
      process.execPath,
      [main, 'start', '--data', this.directory, '--config', file],
      { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true },
    )
    // It holds the link for set-up.
    const log = openSync(this.#logFile, 'a', 0o600)
    child.channel?.unref()
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (words: Buffer) => noteIn(log, words))
    }
    child.once('close', () => closeSync(log))
    this.#child = child
    this.#exit = new Promise((resolve) => child.once('exit', () => resolve()))
    return await this.#ready(signal)
  }

  /** Asks the process to end and waits for it. */
  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM')
    await this.#exit
  }

  /** Ends the process at once, as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#exit
  }

  get #logFile(): string {
    return join(this.directory, 'node.log')
  }

  /** A node whose parent was killed ends by itself, in order, which takes a while. */
  async #untilFree(signal: AbortSignal): Promise<void> {
    const late = AbortSignal.timeout(this.#patience)
    for (;;) {
      try {
        await using _lock = await lockDataDirectory(this.directory)
        return
      } catch (error) {
        const isTaken = error instanceof Problem && error.code === 'data-directory.in-use'
        if (!isTaken || late.aborted) throw error
      }
      signal.throwIfAborted()
      await delay(200)
    }
  }

  async #ready(signal: AbortSignal): Promise<LocalAccess> {
    let gone = false
    void this.#exit.then(() => {
      gone = true
    })
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#patience)])
    while (!deadline.aborted) {
      if (gone) throw new Error(`node ${this.name} ended at its start; its log is ${this.#logFile}`)
      const access = await readLocalAccess(this.directory)
      if (access && (await answers(`${access.url}/healthz`))) return access
      await delay(100)
    }
    signal.throwIfAborted()
    throw new Error(`node ${this.name} was not ready in time; its log is ${this.#logFile}`)
  }
}

/** Words that a full disk does not take are lost; who reads them must go on, or the node would stand still. */
function noteIn(log: number, words: Buffer): void {
  try {
    writeSync(log, words)
  } catch {}
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined)
  return response?.ok === true
}
