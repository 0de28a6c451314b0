import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until there is an answer; after a minute, throws saying what was awaited. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = AbortSignal.timeout(60_000)
  while (!deadline.aborted) {
    const answer = await ask()
    if (answer) return answer
    await delay(100)
  }
  throw new Error(`waited a minute for ${what}`)
}
