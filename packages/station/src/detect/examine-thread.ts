import { Worker } from 'node:worker_threads'
import type { ExamineAnswer, ExamineAnswers, ExamineRequest, Numbered } from './examine-messages.ts'

/** The thread ended, was ended for taking too long, or ran out of memory. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied'
}

export interface ThreadLimits {
  /** Longest time for one chunk, in milliseconds; starting and loading have two minutes. */
  readonly milliseconds: number
  /** Heap of the thread, in megabytes. */
  readonly megabytes: number
}

const loadingPatience = 120_000

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** One worker thread and the requests it has not answered yet. */
export class ExamineThread {
  readonly #worker: Worker
  readonly #limits: ThreadLimits
  readonly #pending = new Map<number, Pending>()
  #next = 1
  #dead = false

  constructor(file: URL, limits: ThreadLimits) {
    this.#limits = limits
    this.#worker = new Worker(file, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    })
    this.#worker.on('message', (answer: ExamineAnswer) => this.#settle(answer))
    this.#worker.on('error', (error: Error) => this.#die(error.message))
    this.#worker.on('exit', (code) => this.#die(`thread ended with ${code}`))
  }

  get isDead(): boolean {
    return this.#dead
  }

  /** Asks and waits. Rejects with ThreadDied when the thread does not live to answer, with Error when it refuses. */
  ask<R extends ExamineRequest>(
    request: R,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<ExamineAnswers[R['kind']]> {
    if (this.#dead) return Promise.reject(new ThreadDied('thread has ended'))
    const id = this.#next++
    const isShort = request.kind === 'examine' || request.kind === 'explain'
    const patience = isShort ? this.#limits.milliseconds : loadingPatience
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#die(`no answer within ${patience} ms`), patience)
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject, timer })
      const message: Numbered<ExamineRequest> = { id, body: request }
      this.#worker.postMessage(message, transfer)
    })
  }

  async end(): Promise<void> {
    this.#die('ended')
    await this.#worker.terminate()
  }

  #settle({ id, body }: ExamineAnswer): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    this.#pending.delete(id)
    clearTimeout(pending.timer)
    if ('value' in body) pending.resolve(body.value)
    else pending.reject(new Error(body.failure))
  }

  #die(cause: string): void {
    if (!this.#dead) {
      this.#dead = true
      void this.#worker.terminate()
    }
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new ThreadDied(cause))
    }
    this.#pending.clear()
  }
}

/** A thread that died is replaced when it is next needed, with the sets then in force. */
export function ignoreDeath(error: unknown): void {
  if (!(error instanceof ThreadDied)) throw error
}
