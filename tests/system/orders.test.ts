import { expect, test } from 'vitest'
import { canFindProcesses } from './harness/node-processes.ts'
import { orderRun } from './harness/order-run.ts'

test.skipIf(!canFindProcesses)(
  'an order to forty climbs every ladder once while its centre is killed twice (needs Linux)',
  { timeout: 240_000 },
  async () => {
    const figures = await orderRun({
      nodes: 1,
      links: 5,
      people: 10,
      programs: 20,
      mails: 4,
      kills: 2,
      seed: Date.now(),
      say: (text) => console.log(text),
    })
    expect(figures).toMatchObject({ ladders: 40, steps: 320 })
  },
)
