import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings } from './axe.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { sidewaysScroll } from './overflow.ts'
import { settled, usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly cookie: string
}

const skipped = browserMissing()
const stage: { up?: Stage } = {}
const shots = process.env['KEYS_SHOTS']

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

async function looked(page: Page, name: string): Promise<void> {
  await settled(page)
  expect(await axeFindings(page)).toEqual([])
  if ((page.viewportSize()?.width ?? 0) < 640) expect(await sidewaysScroll(page)).toEqual([])
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

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
    const name = `${look.language}-${look.width}`
    await page.goto('/stations?tab=keys')
    const rotating = page.getByRole('button', { name: end })
    if (look.language === 'vi') {
      await page.getByRole('button', { name: begin }).click()
      await page.getByRole('dialog').waitFor()
      await looked(page, `keys-dialog-${name}`)
      await page.locator('textarea[name=reason]').fill('diễn tập')
      await page.getByRole('button', { name: go }).click()
    }
    await rotating.waitFor()
    await looked(page, `keys-${name}`)
    await page.goto('/stations?tab=parent')
    await page.locator('input[name=authority]').waitFor()
    await looked(page, `by-file-${name}`)
    await context.close()
  },
  120_000,
)
