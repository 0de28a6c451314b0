import { approvalApi } from '@haidang/contracts/approval-api'
import { documentApi } from '@haidang/contracts/document-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { regulationApi } from '@haidang/contracts/regulation-api'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()
const addressed = 24

const stage = stageWith(async ({ centre }) => {
  const addressees: { organisation_id: string }[] = []
  for (let n = 0; n < addressed; n++) {
    const code = `NM.${n}`
    const body = { code, name: `Nhà mạng ${n}`, kind: 'isp' } as const
    const { id } = await centre.api(organisationApi).create({ body })
    addressees.push({ organisation_id: id })
  }
  const coordinator = await centre.signIn('coordinator')
  const payload = {
    title: 'Chặn máy chủ điều khiển',
    situation: 'Máy chủ điều khiển nhận kết nối từ nhiều mạng',
    actions: [{ id: 'a1', kind: 'block_ip' as const, text: 'Chặn', indicators: ['203.0.113.66'] }],
    report_due_at: new Date(Date.now() + 3_600_000).toISOString(),
    addressees,
  }
  const act = { kind: 'order.issue' as const, payload }
  const asked = await coordinator.api(approvalApi).ask({ body: { act, reason: 'nhiều nơi nhận' } })
  const administrator = await centre.signIn('administrator')
  const { outcome } = await administrator.api(approvalApi).decide({
    params: { id: asked.id },
    body: { verdict: 'approved', digest: asked.digest },
  })
  const { cookie } = coordinator
  return { cookie, order: outcome }
})

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'the matrix of an order to many is counted, filtered, chosen from and opened (%o)',
  async (look) => {
    const { browser, network, cookie, order } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const context = await visitor(browser, network.centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(`/orders/${order}`)
    const rows = page.locator('[data-row]')
    await rows.first().waitFor()
    await page
      .getByRole('button', { name: say(`Đã chuyển tới ${addressed}`, `Delivered ${addressed}`) })
      .waitFor()
    await looked(page)
    const search = page.getByRole('search').getByRole('textbox')
    await search.fill('"nha mang 7"')
    await search.press('Enter')
    await expect.poll(() => rows.count()).toBe(1)
    await rows.first().getByRole('checkbox').check()
    await page.getByRole('button', { name: say('Nhắc trả lời…', 'Remind…') }).click()
    const dialog = page.getByRole('dialog')
    await looked(page)
    await dialog.getByRole('button', { name: say('Nhắc trả lời', 'Remind') }).click()
    await dialog.waitFor({ state: 'hidden' })
    await rows.first().click({ position: { x: 60, y: 10 } })
    await page.keyboard.press('Enter')
    await dialog.getByText('Nhà mạng 7').first().waitFor()
    await looked(page)
    await context.close()
  },
  240_000,
)

test.skipIf(skipped)(
  'anybody learns by its code that the document of an order is in force, and what a code looks like',
  async () => {
    const { browser, network, order } = stage()
    const { document } = await network.centre.api(documentApi).ofOrder({ params: { id: order } })
    if (!document) throw new Error('an issued order is a document')
    const look = { ...usualLook, theme: 'dark', width: 390 } as const
    const context = await visitor(browser, network.centre.access.url, look)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto('/verify')
    const code = page.getByLabel('Mã kiểm tra')
    await code.fill('NOPE')
    await code.press('Enter')
    await page.getByText('Mã gồm 16 chữ cái và chữ số').waitFor()
    await looked(page)
    await code.fill('0000-0000-0000-0000')
    await code.press('Enter')
    await page.getByText('Không có văn bản này').waitFor()
    await page.goto(`/verify/${document.code}`)
    await page.getByText('Văn bản có hiệu lực').waitFor()
    await page.getByText(document.number).waitFor()
    expect(await page.getByText('Chặn máy chủ điều khiển').count()).toBe(0)
    await looked(page)
    await context.close()
  },
  120_000,
)

const words = (text: string) => ({ vi: text, en: text })
/** Rules of which one basis ended and another holds in its place. */
const regulation = {
  profile: 'vn-test',
  name: words('Quy định thử'),
  valid_from: '2020-01-01',
  bases: [
    { id: 'old', name: words('Quyết định cũ'), valid_to: '2021-12-31', successor: 'new' },
    { id: 'new', name: words('Quyết định mới'), valid_from: '2022-01-01' },
  ].map((basis) => ({ ...basis, clause: `QĐ ${basis.id}`, text: `Quyết định ${basis.id}` })),
}

test.skipIf(skipped)(
  'a draft that cites a basis which ended says so and what to do, also where it is sent all the same',
  async () => {
    const { browser, network, cookie } = stage()
    const api = network.centre.api(regulationApi)
    const { regulation: whole } = await api.read({ body: { text: JSON.stringify(regulation) } })
    const change = { regulation: whole, effective_from: '2020-01-01', reason: 'thử', based_on: -1 }
    await api.publish({ body: change })
    const context = await visitor(browser, network.centre.access.url, usualLook, cookie)
    context.setDefaultTimeout(20_000)
    const kept = [
      ['title', 'Chặn máy chủ'],
      ['situation', 'Đang hoạt động'],
      ['basis.vn-test.old', 'on'],
    ]
    await context.addInitScript((draft) => {
      localStorage.setItem('haidang.draft.order.new', draft)
    }, JSON.stringify(kept))
    const page = await context.newPage()
    await page.goto('/orders/new')
    const bases = page.getByRole('group', { name: 'Căn cứ' })
    await bases
      .getByText('Hết hiệu lực sau ngày 31/12/2021: bỏ chọn, dùng Quyết định mới')
      .waitFor()
    await looked(page)
    await page.getByRole('checkbox', { name: 'Nhà mạng 7' }).check()
    await page.getByLabel('Nội dung').fill('Chặn')
    const issue = page.getByRole('button', { name: 'Giao lệnh cho 1 đơn vị' })
    await issue.click()
    await page.getByText('Bỏ căn cứ hết hiệu lực, chọn căn cứ thay thế').waitFor()
    await looked(page)
    await bases.getByLabel('Quyết định cũ').uncheck()
    await bases.getByLabel('Quyết định mới').check()
    await issue.click()
    await page.getByText('QĐ new · vn-test, bản 1').waitFor()
    await context.close()
  },
  240_000,
)
