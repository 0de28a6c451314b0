import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'

/** Milliseconds servers that just lost one of them have to choose a leader and find their streams again. */
const patience = 60_000
const askAgain = 500

/**
 * Asks again while the servers of a cluster choose a leader: a node that starts just then waits instead of ending.
 * A Problem is thrown at once, any other error when the servers had their time.
 */
export async function whileElecting<T>(log: Log, ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + patience
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Problem || performance.now() > until) throw error
      if (attempt === 1) log.warn({ error }, 'the bus has no answer yet')
      await pause(askAgain)
    }
  }
}
