import { expect, test } from 'vitest'
import { killRun } from './harness/kill-run.ts'
import { canFindProcesses } from './harness/node-processes.ts'

test.skipIf(!canFindProcesses)(
  'five kills under load lose no acknowledged line and no alert, and double none (needs Linux)',
  { timeout: 180_000 },
  async () => {
    const figures = await killRun({
      kills: 5,
      linesPerSecond: 2_500,
      seed: Date.now(),
      say: (text) => console.log(text),
    })
    expect(figures).toMatchObject({ kills: 5, lines_lost: 0, alerts_lost: 0 })
    expect(figures['alerts']).toBeGreaterThan(0)
  },
)
