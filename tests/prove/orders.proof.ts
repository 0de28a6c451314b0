import { orderRun } from '../system/harness/order-run.ts'

/** An order to 1,000 addressees, one of them on a node of its own, under twenty kills of the centre. */
export function prove(say: (text: string) => void): Promise<Record<string, number>> {
  return orderRun({ addressees: 1_000, kills: 20, seed: Date.now(), say })
}
