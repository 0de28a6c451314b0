import { expect, test } from 'vitest'
import { outageRun } from './harness/outage-run.ts'

test.each(['oldest', 'newest'] as const)(
  'after hours without a parent, with room for a third, every number is a record or told missing (%s give way)',
  { timeout: 120_000 },
  async (gives) => {
    const figures = await outageRun({
      records: 30_000,
      hours: 6,
      kept: 10_000,
      gives,
      say: (text) => console.log(text),
    })
    expect(figures).toMatchObject({ made: 31_003 })
  },
)
