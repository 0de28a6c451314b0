import { outageRun } from '../system/harness/outage-run.ts'

/**
 * 72 hours by the clock without a parent, 4 million records of the bulk lane, and room for fewer than half,
 * once for each choice of what gives way.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const [gives, records] of [
    ['oldest', 4_000_000],
    ['newest', 400_000],
  ] as const) {
    const run = await outageRun({ records, hours: 72, kept: records * 0.4, gives, say })
    for (const [name, value] of Object.entries(run)) figures[`${gives}_${name}`] = value
  }
  return figures
}
