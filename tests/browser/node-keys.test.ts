import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { browserMissing, openBrowser } from './browser.ts'
import { looked } from './looked.ts'
import { usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly cookie: string
}

const skipped = browserMissing()
const stage: { up?: Stage } = {}

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  const { cookie } = await network.centre.signIn('administrator')
  stage.up = { network, cookie, browser: await openBrowser() }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
})

const looks = [
  { look: usualLook, begin: 'Đổi theo kế hoạch…', go: 'Bắt đầu đổi', end: 'Chấm dứt cơ quan cũ…' },
  {
    look: { ...usualLook, language: 'en', theme: 'dark', width: 390 },
    begin: 'Rotate as planned…',
    go: 'Begin rotation',
    end: 'End the old authority…',
  },
] as const

test.skipIf(skipped).each(looks)(
  'the keys of a node can be read and rotated, and joining by file is there ($look)',
  async ({ look, begin, go, end }) => {
    if (!stage.up) throw new Error('not set up')
    const { browser, network, cookie } = stage.up
    const context = await visitor(browser, network.centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto('/stations?tab=keys')
    const rotating = page.getByRole('button', { name: end })
    if (look.language === 'vi') {
      await page.getByRole('button', { name: begin }).click()
      await page.getByRole('dialog').waitFor()
      await looked(page)
      await page.locator('textarea[name=reason]').fill('diễn tập')
      await page.getByRole('button', { name: go }).click()
    }
    await rotating.waitFor()
    await looked(page)
    await page.goto('/stations?tab=parent')
    await page.locator('input[name=authority]').waitFor()
    await looked(page)
    await context.close()
  },
  120_000,
)
