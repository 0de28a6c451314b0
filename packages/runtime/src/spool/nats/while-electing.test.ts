import { expect, test } from 'vitest'
import { Problem } from '../../problem.ts'
import { silentLog } from '../../silent-log.ts'
import { whileElecting } from './while-electing.ts'

test('what has no answer yet is asked again, and answered once there is one', async () => {
  let asked = 0
  const answer = await whileElecting(silentLog, async () => {
    asked += 1
    if (asked === 1) throw new Error('no responders')
    return 'a leader'
  })
  expect([answer, asked]).toEqual(['a leader', 2])
})

test('what is wrong for good is not asked again', async () => {
  let asked = 0
  const asking = whileElecting(silentLog, async () => {
    asked += 1
    throw new Problem('configuration.invalid', 'replicas')
  })
  await expect(asking).rejects.toThrow('replicas')
  expect(asked).toBe(1)
})
