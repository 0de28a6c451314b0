import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { evenRefusal } from './even-refusal.ts'

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await evenRefusal(work).catch(() => undefined)
  return performance.now() - begun
}

function notThere(after: number) {
  return async () => {
    await pause(after)
    throw new Problem('request.not-found')
  }
}

test('that something is not there is told at a step after the beginning, however long it took to find out', async () => {
  for (const after of [0, 3, 13]) {
    const took = await millisecondsOf(notThere(after))
    expect(took).toBeGreaterThanOrEqual(Math.ceil(after / 5) * 5 || 5)
  }
})

test('what is there and other refusals are told at once', async () => {
  const took = [
    await millisecondsOf(async () => 'here'),
    await millisecondsOf(async () => {
      throw new Problem('request.invalid')
    }),
  ]
  expect(Math.min(...took)).toBeLessThan(5)
  await expect(evenRefusal(notThere(0))).rejects.toMatchObject({ code: 'request.not-found' })
})
