import { setTimeout as pause } from 'node:timers/promises'

const lookEvery = 100

/**
 * Waits for `look` to give something other than false or undefined, and gives it back. What `look` throws
 * counts as "not yet". Throws what was waited for, and the last failure, after `milliseconds`.
 */
export async function until<T>(
  what: string,
  milliseconds: number,
  look: () => Promise<T | false | undefined> | T | false | undefined,
): Promise<T> {
  const deadline = performance.now() + milliseconds
  let failure: unknown
  while (performance.now() < deadline) {
    try {
      const found = await look()
      if (found !== false && found !== undefined) return found
      failure = undefined
    } catch (error) {
      failure = error
    }
    await pause(lookEvery)
  }
  throw new Error(`waited ${milliseconds / 1000} s in vain for ${what}`, { cause: failure })
}
