import { killRun } from '../system/harness/kill-run.ts'

/** Thirty kills of any one process of a station and of its centre, under load. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const figures = await killRun({ kills: 30, linesPerSecond: 2_300, seed: Date.now(), say })
  const { lines_per_second = 0 } = figures
  if (lines_per_second < 2_000) throw new Error(`only ${lines_per_second} lines a second`)
  return figures
}
