import { orderRun } from '../system/harness/order-run.ts'

/**
 * An order to 1,000 addressees, under twenty kills of the centre: two on nodes of their own, 200 that speak nothing
 * but the link, 60 whose focal point signs in (one a second may), 638 by the same API with a key, 100 by the link in a mail.
 */
export function prove(say: (text: string) => void): Promise<Record<string, number>> {
  return orderRun({
    nodes: 2,
    links: 200,
    people: 60,
    programs: 638,
    mails: 100,
    kills: 20,
    seed: Date.now(),
    say,
  })
}
