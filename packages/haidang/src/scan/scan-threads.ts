import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { LinePart } from './file-parts.ts'
import type { ScanWork } from './scan-worker.ts'
import type { Scanned } from './scanner.ts'

/** Parts a thread has in hand: one it works on and one that waits. */
const inHand = 2

/** Room for what dies young: records live for microseconds, and the less often they are swept the fewer are moved. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 }

/** Threads that scan parts of files; answers come back in the order in which parts were given. */
export class ScanThreads {
  readonly #threads: readonly Worker[]
  readonly #waiting: ((scanned: Scanned) => void)[][]
  #failed: ((error: Error) => void) | undefined
  #next = 0

  /** Starts them; returns when all have compiled the rules. */
  static async start(count: number, work: ScanWork): Promise<ScanThreads> {
    const file = new URL('./scan-worker.ts', import.meta.url)
    const threads = Array.from(
      { length: count },
      () => new Worker(file, { workerData: work, resourceLimits }),
    )
    await Promise.all(threads.map((thread) => once(thread, 'message')))
    return new ScanThreads(threads)
  }

  private constructor(threads: readonly Worker[]) {
    this.#threads = threads
    this.#waiting = threads.map(() => [])
    for (const [place, thread] of threads.entries()) {
      thread.on('message', (scanned: Scanned) => this.#waiting[place]?.shift()?.(scanned))
      thread.on('error', (error: Error) => this.#failed?.(error))
    }
  }

  /** What becomes of each part, in order; reads ahead no further than the threads can take. */
  async *scan(parts: AsyncIterable<LinePart>): AsyncGenerator<Scanned> {
    const failure = new Promise<never>((_, reject) => {
      this.#failed = reject
    })
    const answers: Promise<Scanned>[] = []
    for await (const part of parts) {
      answers.push(this.#give(part))
      const oldest = answers.length >= this.#threads.length * inHand ? answers.shift() : undefined
      if (oldest !== undefined) yield await Promise.race([oldest, failure])
    }
    for (const answer of answers) yield await Promise.race([answer, failure])
    failure.catch(() => undefined)
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()))
  }

  #give(part: LinePart): Promise<Scanned> {
    const place = this.#next
    this.#next = (place + 1) % this.#threads.length
    const answer = new Promise<Scanned>((resolve) => this.#waiting[place]?.push(resolve))
    this.#threads[place]?.postMessage(part, part instanceof Uint8Array ? [part.buffer] : [])
    return answer
  }
}
