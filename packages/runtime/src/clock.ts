/** Time is passed in, so that tests set it by hand. Nothing else may read the system clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** The same instant, RFC 3339 UTC with milliseconds. */
  iso(): string
  /** Milliseconds of a clock that never jumps; only differences mean anything. */
  monotonic(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  iso: () => new Date().toISOString(),
  monotonic: () => performance.now(),
}

/** Writes RFC 3339 UTC of milliseconds since the epoch; an instant asked for several times running is written once. */
export function isoWriter(): (milliseconds: number) => string {
  let latest = Number.NaN
  let latestIso = ''
  return (milliseconds) => {
    if (milliseconds !== latest) {
      latestIso = new Date(milliseconds).toISOString()
      latest = milliseconds
    }
    return latestIso
  }
}

/** RFC 3339 UTC of milliseconds since the epoch. */
export const isoOf = isoWriter()

/** The built-in type of milliseconds since the epoch, for libraries that ask for it. */
export function dateOf(milliseconds: number): Date {
  return new Date(milliseconds)
}

/** A clock that stands until it is moved. */
export class ManualClock implements Clock {
  #now: number

  constructor(start: string) {
    this.#now = Date.parse(start)
  }

  now(): number {
    return this.#now
  }

  iso(): string {
    return isoOf(this.#now)
  }

  monotonic(): number {
    return this.#now
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}
