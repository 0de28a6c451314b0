import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Generated, GeneratorOrder } from './generator.ts'
import type { Lane } from './lane.ts'

interface PinnedTarget {
  /** Where a source takes JSON lines. */
  readonly url: string
  readonly token: string
  readonly lane: Lane['kind']
}

/** A generator held to the last core, by Linux's taskset. */
export class PinnedPressure {
  readonly #child: ChildProcess

  constructor(target: PinnedTarget) {
    const core = String(availableParallelism() - 1)
    const program = join(import.meta.dirname, 'generator.ts')
    this.#child = spawn('taskset', ['-c', core, process.execPath, program], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#tell({ kind: 'start', ...target })
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('taskset (util-linux) is not here')
    return this.#child.pid
  }

  /** Tells it how much is stored, so that it sends no more than may wait. */
  stored(lines: number): void {
    this.#tell({ kind: 'stored', lines })
  }

  /** Answers how many lines were acknowledged. */
  async stop(): Promise<number> {
    const answer = once(this.#child, 'message') as Promise<[Generated]>
    this.#tell({ kind: 'stop' })
    const [{ sent }] = await answer
    return sent
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #tell(order: GeneratorOrder): void {
    this.#child.send(order)
  }
}
