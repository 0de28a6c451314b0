import { orderRun } from '../system/harness/order-run.ts'

/**
 * An order to 1,000 addressees, under twenty kills of the centre: two on nodes of their own, 200 that speak nothing
 * but the link, 400 whose focal point signs in, 398 by the API.
 */
export function prove(say: (text: string) => void): Promise<Record<string, number>> {
  return orderRun({
    nodes: 2,
    links: 200,
    people: 400,
    programs: 398,
    kills: 20,
    seed: Date.now(),
    say,
  })
}
