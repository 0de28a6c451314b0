import type { HealthCheck, Readiness } from '@haidang/contracts/health'
import type { Clock } from './clock.ts'

/** What a check found; remedy is empty when all is well. */
export type HealthFinding = Pick<HealthCheck, 'state' | 'cause' | 'remedy'>
export type Check = () => Promise<HealthFinding>

const answerWithin = 5_000

/** All is well, in the words of the check. */
export function healthy(vi: string, en: string): HealthFinding {
  return { state: 'ok', cause: { vi, en }, remedy: { vi: '', en: '' } }
}

/** Every part's own check under its name; `/readyz` and `doctor` ask here. */
export class HealthRegistry {
  readonly #clock: Clock
  readonly #checks = new Map<string, Check>()
  readonly #since = new Map<string, { state: HealthFinding['state']; since: string }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Adds a check; a second one of the same name replaces the first. */
  add(name: string, check: Check): void {
    this.#checks.set(name, check)
  }

  remove(name: string): void {
    this.#checks.delete(name)
    this.#since.delete(name)
  }

  /** Runs every check, each at most five seconds; one that throws or hangs has failed. */
  async readiness(): Promise<Readiness> {
    const checks = await Promise.all(
      [...this.#checks].map(async ([name, check]) => {
        const finding = await findingOf(check)
        return { name, ...finding, since: this.#sinceOf(name, finding.state) }
      }),
    )
    return { ready: checks.every(({ state }) => state !== 'fail'), checks }
  }

  #sinceOf(name: string, state: HealthFinding['state']): string {
    const known = this.#since.get(name)
    if (known?.state === state) return known.since
    const since = this.#clock.iso()
    this.#since.set(name, { state, since })
    return since
  }
}

async function findingOf(check: Check): Promise<HealthFinding> {
  const { promise: tooLate, resolve } = Promise.withResolvers<HealthFinding>()
  const timer = setTimeout(() => resolve(noAnswer()), answerWithin)
  try {
    return await Promise.race([check(), tooLate])
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return {
      state: 'fail',
      cause: { vi: words, en: words },
      remedy: { vi: 'Xem nhật ký của nút', en: 'See the log of the node' },
    }
  } finally {
    clearTimeout(timer)
  }
}

function noAnswer(): HealthFinding {
  return {
    state: 'fail',
    cause: { vi: 'Không trả lời trong 5 giây', en: 'No answer within 5 seconds' },
    remedy: { vi: 'Xem nhật ký của nút', en: 'See the log of the node' },
  }
}
