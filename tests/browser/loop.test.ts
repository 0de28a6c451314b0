import { type TestNetwork, type TestNode, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attacked } from './arrival.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { complaintsOf, usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()
const evidence = {
  name: 'bảng luật tường lửa.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('203.0.113.66 bị chặn hai chiều từ 10:15'),
}
const opened: { browser?: Browser; complaints: (readonly string[])[] } = { complaints: [] }

beforeAll(async () => {
  if (!skipped) opened.browser = await openBrowser()
})
afterAll(() => opened.browser?.close())

/** Opens the portal of a node and signs somebody in by its form. */
async function signIn({ password }: TestNetwork, node: TestNode, role: string): Promise<Page> {
  if (!opened.browser) throw new Error('the browser is not open')
  const context = await visitor(opened.browser, node.access.url, usualLook)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  opened.complaints.push(complaintsOf(page))
  await page.goto('/')
  await page.getByLabel('Thư điện tử').fill(node.person(role).email)
  await page.getByLabel('Mật khẩu').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Tình hình' }).waitFor()
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name })
const rows = (page: Page) => page.locator('[data-row]')
const count = (page: Page, wanted: number) =>
  expect.poll(() => rows(page).count(), { timeout: 20_000 }).toBe(wanted)
const keys = async (page: Page, ...names: string[]) => {
  for (const name of names) await page.keyboard.press(name)
}

/** Answers the open dialog, and waits until it is gone. */
async function confirm(page: Page, note: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(note)
  await dialog.getByRole('button', { name: 'Xác nhận' }).click()
  await dialog.waitFor({ state: 'detached' })
}

test.skipIf(skipped)(
  'an officer triages, opens an incident and issues an order; the ministry answers on its own node; the centre verifies and closes',
  { timeout: 240_000 },
  async () => {
    await using network = await testNetwork()
    const ministry = network.station('ministry')
    await attacked(ministry, network.centre, 4)

    const centre = await signIn(network, network.centre, 'coordinator')
    await triageByKeys(centre)
    const incident = await openIncident(centre)
    await issueOrder(centre)
    const focal = await signIn(network, ministry, 'focal-point')
    await answerOrder(focal)
    await judge(centre)
    await focal.getByText('Đã đóng', { exact: true }).first().waitFor()
    await closeIncident(centre, incident)
    expect(opened.complaints.flat()).toEqual([])
  },
)

/** Takes one cluster, judges it noise, and chooses the others: without the mouse. */
async function triageByKeys(page: Page): Promise<void> {
  await keys(page, 'g', 't')
  await count(page, 4)
  await keys(page, 'j', 'e')
  await page.getByText('Đã nhận 1 cụm').waitFor()
  await keys(page, 'i')
  await page.getByText('Đã giao 1 cụm').waitFor()
  await keys(page, 'd')
  await page.getByRole('dialog').waitFor()
  await keys(page, 'Enter')
  await count(page, 3)
  await keys(page, 'Shift+A', 'c')
}

/** The form is filled from the clusters; gives back the address of the incident. */
async function openIncident(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1, name: 'Lập sự cố' }).waitFor()
  await expect.poll(() => page.getByText('192.0.2.').count()).toBe(3)
  await expect(page.getByLabel('Tổ chức bị ảnh hưởng').inputValue()).resolves.toMatch(/^org_/)
  await page.getByLabel('Tên sự cố').fill('Dò lỗ hổng cổng thông tin')
  await page.getByLabel('Mô tả').fill('Ba địa chỉ dùng công cụ dò lỗ hổng.')
  await button(page, 'Lập sự cố').click()
  await page.getByRole('heading', { level: 1, name: 'Dò lỗ hổng cổng thông tin' }).waitFor()
  return page.url()
}

async function issueOrder(page: Page): Promise<void> {
  await keys(page, 'c')
  await page.getByRole('heading', { level: 1, name: 'Lập lệnh điều phối' }).waitFor()
  await page.getByRole('group', { name: 'Căn cứ' }).getByRole('checkbox').first().check()
  await page.getByLabel('Nội dung').fill('Chặn ba địa chỉ tại tường lửa biên')
  await page.getByLabel('Dấu hiệu kèm theo').fill('192.0.2.2\n192.0.2.3\n192.0.2.4')
  await button(page, 'Giao lệnh cho 1 đơn vị').click()
  await page.getByRole('heading', { name: 'Ứng cứu sự cố: Dò lỗ hổng cổng thông tin' }).waitFor()
  await page.getByText(/ · vn-20\d\d, bản 0$/).waitFor()
}

async function answerOrder(page: Page): Promise<void> {
  await keys(page, 'g', 'o')
  await page.getByRole('link', { name: 'Ứng cứu sự cố: Dò lỗ hổng cổng thông tin' }).click()
  await button(page, 'Tiếp nhận lệnh').click()
  await button(page, 'Bắt đầu thực hiện').click()
  await button(page, 'Báo cáo hoàn thành').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Kết quả của yêu cầu 1').selectOption('done')
  await dialog.getByLabel('Diễn giải cho yêu cầu 1').fill('Đã chặn cả ba')
  await dialog.getByLabel('Nội dung báo cáo').fill('Không còn kết nối từ 10:15')
  await dialog.getByLabel('Tệp bằng chứng').setInputFiles(evidence)
  await dialog.getByText(evidence.name).waitFor()
  await button(page, 'Gửi').click()
  await dialog.waitFor({ state: 'detached' })
}

/** The issuer's page hears of the answer by itself. */
async function judge(page: Page): Promise<void> {
  await button(page, 'Xác nhận kết quả').click()
  await page.getByText(evidence.name).waitFor()
  await page.getByText('Không còn kết nối từ 10:15').waitFor()
  await confirm(page, 'Đã kiểm tra từ ngoài')
  await button(page, 'Đóng phần của đơn vị').click()
  await confirm(page, 'Cảm ơn đơn vị')
  await page.getByText('Kết thúc', { exact: true }).waitFor()
}

/** The acts of an incident's path, each with the state it leads to. */
const path = [
  ['Xác minh sự cố', 'Đã xác minh'],
  ['Xác nhận đã ngăn chặn', 'Đã ngăn chặn'],
  ['Xác nhận đã gỡ bỏ', 'Đã gỡ bỏ'],
  ['Xác nhận đã khôi phục', 'Đã khôi phục'],
  ['Đóng sự cố', 'Đã đóng'],
] as const

async function closeIncident(page: Page, address: string): Promise<void> {
  await page.goto(address)
  for (const [act, state] of path) {
    await button(page, act).waitFor()
    await keys(page, 'p')
    await page.getByRole('dialog', { name: `Chuyển sang: ${state}` }).waitFor()
    await confirm(page, 'Đã làm xong')
  }
  await page.getByText('Đóng lúc').waitFor()
}
