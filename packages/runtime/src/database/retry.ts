import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'

const attempts = 6
/** Serialisation failure and deadlock (SQLSTATE): the transaction did nothing wrong and may simply run again. */
const passing = new Set(['40001', '40P01'])

/** Runs a transaction; repeats it after a serialisation failure or deadlock, a bounded number of times. */
export async function retried<T>(work: () => Promise<T>, log: Log): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = sqlState(error)
      if (code === undefined || !passing.has(code) || attempt === attempts) throw error
      log.debug({ code, attempt }, 'a transaction is repeated')
      await pause(Math.random() * 10 * 2 ** attempt)
    }
  }
}

/** SQLSTATE or system error code; Drizzle wraps what the driver threw, so the causes are looked at. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string') return code
  }
  return undefined
}
