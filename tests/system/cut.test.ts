import { expect, test } from 'vitest'
import { cutRun } from './harness/cut-run.ts'

test('a station cut off from its parent delivers every alert and message once, in order, when joined again', {
  timeout: 180_000,
}, async () => {
  const figures = await cutRun({
    batches: 5,
    linesPerSecond: 5_000,
    link: { heartbeat_seconds: 2, silent_after_seconds: 8 },
    say: (text) => console.log(text),
  })
  expect(figures).toMatchObject({ events_during_cut: 5_000, alerts_during_cut: 125 })
})
