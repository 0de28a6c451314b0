import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** One serious or critical finding of axe-core on a page. */
interface Finding {
  readonly rule: string
  readonly impact: string
  readonly help: string
  /** Selectors of the first elements concerned. */
  readonly where: readonly string[]
}

/** Runs axe-core in the page, past its content security policy, and gives back what is serious or critical. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, help, nodes }) => ({
        rule: id,
        impact: String(impact),
        help,
        where: nodes
          .slice(0, 3)
          .map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`),
      }))
  })
}
