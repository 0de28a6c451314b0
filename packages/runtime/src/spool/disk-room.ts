import { statfs } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import type { Room } from './segment-log.ts'

/** Milliseconds a measure of the disk is good for. */
const goodFor = 500

/**
 * Knows whether a disk still has more than a reserve free, without making who asks wait: it answers as it
 * last measured, and measures again where that was long ago.
 */
export class DiskRoom implements Room {
  readonly #directory: string
  readonly #reserve: number
  readonly #clock: Clock
  #free: number
  #measuredAt: number
  #measuring = false

  private constructor(directory: string, reserve: number, clock: Clock, free: number) {
    this.#directory = directory
    this.#reserve = reserve
    this.#clock = clock
    this.#free = free
    this.#measuredAt = clock.monotonic()
  }

  /** `reserve`: bytes of the disk of `directory` that stay free; 0: none. */
  static async open(directory: string, reserve: number, clock: Clock): Promise<DiskRoom> {
    return new DiskRoom(directory, reserve, clock, await freeBytes(directory))
  }

  /** Bytes free above the reserve; infinite where there is none. */
  get spare(): number {
    if (this.#reserve === 0) return Number.POSITIVE_INFINITY
    if (this.#clock.monotonic() - this.#measuredAt >= goodFor) this.#measure()
    return this.#free - this.#reserve
  }

  get shortage(): Problem | undefined {
    if (this.spare >= 0) return undefined
    const detail = `${this.#free} bytes of the disk are free, ${this.#reserve} are kept in reserve`
    return new Problem('ingest.disk-full', detail)
  }

  #measure(): void {
    if (this.#measuring) return
    this.#measuring = true
    freeBytes(this.#directory)
      .then((free) => {
        this.#free = free
        this.#measuredAt = this.#clock.monotonic()
      })
      // A disk that cannot be asked will say so itself when it is written to.
      .catch(() => undefined)
      .finally(() => {
        this.#measuring = false
      })
  }
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}
