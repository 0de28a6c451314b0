import { eventApi } from '@haidang/contracts/event-api'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../system/harness/until.ts'
import { axeFindings } from './axe.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { sidewaysScroll } from './overflow.ts'
import { complaintsOf, type Look, settled, usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
}

const skipped = browserMissing()
const stage: { up?: Stage } = {}
const complaints: (readonly string[])[] = []
const title = 'Công cụ tự chế'
const records = 3

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork()
  stage.up = { network, browser: await openBrowser() }
  await kept(network)
  await listed(network)
}, 240_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
})

/** Fires for the agent an attack tool names. */
function ruleText(agent: string): string {
  return [
    `title: ${title}`,
    'id: 8d1f4c6e-53a5-4a0b-9a39-0c2f6f1f7b22',
    'description: Công cụ gọi tên chính nó',
    'author: Tổ phân tích',
    'tags: [attack.t1595.002, attack.reconnaissance]',
    'logsource: { product: zeek, service: http }',
    'detection:',
    '  tool:',
    `    user_agent|contains: ${agent}`,
    '  condition: tool',
    'falsepositives: [kiểm thử của chính đơn vị]',
    'level: high',
  ].join('\n')
}

/** Feeds records the rule fires on, and waits until the centre has stored them. */
async function kept({ centre }: TestNetwork): Promise<void> {
  const lines = Array.from({ length: records }, (_, n) =>
    attackToolLine(`192.0.2.${n + 1}`, Date.now()),
  )
  await centre.feed('zeek', lines)
  const officer = await centre.signIn('administrator')
  await until('the records in the event store', 30_000, async () => {
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const to = new Date(Date.now() + 60_000).toISOString()
    const { items } = await officer.api(eventApi).search({ query: { from, to, filter: 'sqlmap' } })
    return items.length === records
  })
}

/** Waits until the centre lists its own station part, which comes with the first heartbeat, and the ministry's. */
async function listed({ centre }: TestNetwork): Promise<void> {
  const officer = await centre.signIn('administrator')
  await until('two stations that take rules', 60_000, async () => {
    const { items } = await officer.api(ruleSetApi).drift({ query: {} })
    return items.length === 2
  })
}

/** A page of somebody at the centre. */
async function desk(role: string, look: Look = usualLook): Promise<Page> {
  if (!stage.up) throw new Error('nothing is up')
  const { browser, network } = stage.up
  const { cookie } = await network.centre.signIn(role)
  const context = await visitor(browser, network.centre.access.url, look, cookie)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  complaints.push(complaintsOf(page))
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** Answers the open dialog with its words and its act, and waits until it is gone. */
async function answer(page: Page, act: string, words?: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  if (words) await dialog.getByRole('textbox').first().fill(words)
  await dialog.getByRole('button', { name: act, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test.skipIf(skipped)(
  'a rule lives its life over two nodes in the portal: import, lint, back-test, review, publish, rings, drift, roll back',
  { timeout: 240_000 },
  async () => {
    const author = await desk('administrator')
    const reviewer = await desk('coordinator')
    const address = await importRule(author)
    await backTest(author)
    await submit(author, 1)
    await approve(reviewer, address, 1)
    await reviewer.goto('/rules?tab=stations')
    await reviewer.getByLabel('Vòng của Trạm Bộ Thử nghiệm').selectOption('canary')
    await says(reviewer, 'Trạm Bộ Thử nghiệm ở vòng Thử nghiệm')
    await publish(reviewer, 1)
    await rollOut(reviewer, 'Thử nghiệm')
    await says(reviewer, '0 trên 1 trạm đang dùng')
    await rollOut(reviewer, 'Toàn mạng')
    await expect
      .poll(() => reviewer.getByText('1 trên 1 trạm đang dùng').count(), { timeout: 30_000 })
      .toBe(2)

    await author.goto(address)
    await revise(author)
    await submit(author, 2)
    await approve(reviewer, address, 2)
    await publish(reviewer, 2)
    await rollOut(reviewer, 'Thử nghiệm')
    await drift(reviewer, ['1', '2'])
    await rollBack(reviewer)
    await drift(reviewer, ['3', '3'])
    expect(complaints.flat()).toEqual([])
  },
)

/** A broken text and a good one are pasted: the one is refused by line, the other is a draft. Answers its address. */
async function importRule(page: Page): Promise<string> {
  await page.goto('/rules?tab=library')
  await button(page, 'Nhập luật…').first().click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Dán luật Sigma')
    .fill(`${ruleText('sqlmap')}\n---\ntitle: hỏng\ndetection: {`)
  await dialog.getByRole('button', { name: 'Nhập', exact: true }).click()
  await dialog.getByText(/^pasted\.yml:\d+:\d+$/).waitFor()
  await dialog.getByRole('link', { name: 'Mở luật vừa nhập' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await says(page, 'kiểm tra không thấy lỗi')
  return page.url()
}

async function backTest(page: Page): Promise<void> {
  await button(page, 'Thử bản 1').click()
  await says(page, `Đã có thể nổ ${records} lần`)
}

/** The author hands over, and is not the one to approve. */
async function submit(page: Page, version: number): Promise<void> {
  await page.keyboard.press('p')
  await says(page, `Đã gửi duyệt bản ${version}`)
  await expect.poll(() => button(page, /^Duyệt…/).getAttribute('aria-disabled')).toBe('true')
}

async function approve(page: Page, address: string, version: number): Promise<void> {
  await page.goto(address)
  await button(page, /^Duyệt…/).click()
  await answer(page, 'Duyệt', 'Đã đọc và thử')
  await says(page, `Đã duyệt bản ${version}`)
}

async function publish(page: Page, number: number): Promise<void> {
  await page.goto('/rules?tab=sets')
  await button(page, 'Phát hành bộ luật…').first().click()
  await page.getByRole('dialog').getByText(title).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Phát hành', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: `Bộ luật ${number}` }).waitFor()
}

async function rollOut(page: Page, ring: string): Promise<void> {
  await button(page, `Phát tới vòng ${ring}`).click()
  await says(page, '1 trên 1 trạm đang dùng')
}

/** The editor names a mistake at its line and will not save it; then the mended text fires on a pasted record. */
async function revise(page: Page): Promise<void> {
  await button(page, 'Sửa thành bản mới').click()
  const area = page.getByLabel('Nội dung luật')
  await area.fill(ruleText('sqlmap').replace('condition: tool', 'condition: tol'))
  await button(page, 'dòng 10').waitFor()
  await expect.poll(() => button(page, 'Lưu bản 2').getAttribute('aria-disabled')).toBe('true')
  await area.fill(ruleText('sqlmap/1'))
  await page.getByLabel('Bản ghi mẫu').fill(attackToolLine('198.51.100.9', Date.now()))
  await button(page, 'Thử luật').click()
  await says(page, 'Nổ 1 lần trên 1 bản ghi')
  await says(page, '✓ Không thấy lỗi')
  await button(page, 'Lưu bản 2').click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('region', { name: 'Khác nhau giữa bản 1 và bản 2' }).waitFor()
}

/** Both stations report these sets in force: the centre's own first, then the ministry's. */
async function drift(page: Page, [centre, ministry]: readonly [string, string]): Promise<void> {
  await page.goto('/rules?tab=stations')
  const cells = (name: string) =>
    page.locator('[data-row]', { hasText: name }).getByRole('gridcell').allInnerTexts()
  const reported = async () =>
    [await cells('nút này'), await cells('Trạm Bộ Thử nghiệm')].map((row) => row.slice(2, 5))
  const wanted = [centre, ministry].map((number) => ['Đang hiệu lực', number, number])
  await expect.poll(reported, { timeout: 30_000 }).toEqual(wanted)
}

async function rollBack(page: Page): Promise<void> {
  await page.goto('/rules/sets/1')
  await button(page, 'Quay lại bộ này…').click()
  await answer(page, 'Quay lại ở mọi trạm', 'Bản 2 bỏ sót')
  await page.getByRole('heading', { level: 1, name: 'Bộ luật 3' }).waitFor()
  await says(page, 'Lấy lại nội dung')
}

test.skipIf(skipped).for<Look>([
  { language: 'vi', theme: 'light', width: 1280 },
  { language: 'en', theme: 'dark', width: 390 },
])(
  'axe finds nothing serious on the pages of the rule library, and nothing scrolls sideways ($language, $theme, $width px)',
  { timeout: 120_000 },
  async (look) => {
    const page = await desk('administrator', look)
    const found: string[] = []
    const check = async (path: string) => {
      await page.goto(path)
      await settled(page)
      for (const { rule, where } of await axeFindings(page)) {
        found.push(`${path}: ${rule} at ${where.join(', ')}`)
      }
      for (const element of await sidewaysScroll(page)) found.push(`${path}: sideways ${element}`)
    }
    await check('/rules?tab=library')
    const rule = await page.getByRole('link', { name: title }).first().getAttribute('href')
    for (const tab of ['sets', 'stations', 'tunings', 'statistics', 'coverage'])
      await check(`/rules?tab=${tab}`)
    await check('/rules/sets/1')
    await check('/rules/library/new')
    await check(rule ?? '')
    await check(`${rule}/edit`)
    expect(found).toEqual([])
  },
)
