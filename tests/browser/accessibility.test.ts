import { clusterApi } from '@haidang/contracts/cluster-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { orderApi } from '@haidang/contracts/order-api'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attacked } from './arrival.ts'
import { axeFindings } from './axe.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { sidewaysScroll } from './overflow.ts'
import { complaintsOf, type Look, settled, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly cookie: string
  readonly paths: readonly string[]
}

const skipped = browserMissing()
const stage: { up?: Stage } = {}

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  await attacked(network.centre, network.centre, 3)
  const { cookie } = await network.centre.signIn('administrator')
  stage.up = { network, cookie, browser: await openBrowser(), paths: await pathsOf(network) }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
})

/** The main pages, with an incident and an order that have pages of their own. */
async function pathsOf({ centre }: TestNetwork): Promise<readonly string[]> {
  const { items } = await centre.api(clusterApi).list({ query: { limit: 3 } })
  const organisation_id = centre.organisation_id
  const incident = await centre.api(incidentApi).open({
    body: {
      title: 'Dò lỗ hổng',
      organisation_id,
      cluster_ids: items.slice(0, 1).map(({ id }) => id),
    },
  })
  const order = await centre.api(orderApi).issue({
    body: {
      title: 'Chặn địa chỉ',
      situation: 'Có dò quét.',
      actions: [{ id: 'a', kind: 'block_ip', text: 'Chặn' }],
      report_due_at: new Date(Date.now() + 3_600_000).toISOString(),
      incident_id: incident.id,
      addressees: [{ organisation_id }],
    },
  })
  return [
    ...['/sign-in', '/', '/alerts', `/alerts?peek=${items[1]?.id}`, `/alerts/${items[1]?.id}`],
    ...[
      '/events?range=1h',
      '/incidents',
      `/incidents/${incident.id}`,
      '/incidents/new',
      '/deadlines?view=all',
    ],
    ...['/orders', `/orders/${order.id}`, `/orders/new?incident=${incident.id}`],
    ...['/stations', '/stations?tab=configuration', '/stations?tab=sources', '/rules'],
    ...['/admin', '/admin?tab=journal', '/me'],
  ]
}

/** Visits every main page under one look; what is wrong with them, one line each. */
async function faults(look: Look): Promise<string[]> {
  if (!stage.up) throw new Error('nothing is up')
  const { browser, network, cookie, paths } = stage.up
  const context = await visitor(browser, network.centre.access.url, look, cookie)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = complaintsOf(page)
  const found: string[] = []
  for (const path of paths) {
    await page.goto(path)
    await settled(page)
    for (const { rule, where } of await axeFindings(page)) {
      found.push(`${path}: ${rule} at ${where.join(', ')}`)
    }
    for (const element of await sidewaysScroll(page)) found.push(`${path}: sideways ${element}`)
  }
  await context.close()
  return [...found, ...complaints]
}

test.skipIf(skipped).for<Look>([
  { language: 'vi', theme: 'light', width: 1280 },
  { language: 'en', theme: 'dark', width: 390 },
  { language: 'vi', theme: 'contrast', width: 390 },
])(
  'axe finds nothing serious on the main pages, and nothing scrolls sideways ($language, $theme, $width px)',
  { timeout: 120_000 },
  async (look) => {
    expect(await faults(look)).toEqual([])
  },
)
