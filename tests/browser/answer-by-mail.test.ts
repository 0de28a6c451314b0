import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { contactApi } from '@haidang/contracts/contact-point'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { openMailBox } from '@haidang/testbed/mail-box'
import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()
const box = await openMailBox()
afterAll(() => box.close())
const portal = 'https://soc.test'

const warning: z.input<typeof AdvisoryContent> = {
  kind: 'warning',
  severity: 'critical',
  title: { vi: 'Lỗ hổng trong Cổng thư Ví Dụ', en: 'Hole in Example Mail Gateway' },
  summary: { vi: 'Kẻ tấn công thực thi mã từ xa.', en: 'An attacker runs code.' },
  action: { vi: 'Nâng lên bản 7.2.3.', en: 'Upgrade to 7.2.3.' },
  cves: ['CVE-2026-10001'],
  answer_due_at: '2099-01-02T01:00:00.000Z',
}

const stage = stageWith(
  async ({ centre }) => {
    const { api } = await centre.signIn('coordinator')
    const reached = async (name: string, email: string) => {
      const code = email.replace('@', '.')
      const body = { code, name, kind: 'ministry' as const }
      const { id } = await centre.api(organisationApi).create({ body })
      const contact = { purpose: 'duty' as const, name: 'Trần Trực Ban', email }
      await centre.api(contactApi).add({ params: { id }, body: contact })
      return id
    }
    const issue = async (name: string, email: string) => {
      const id = await reached(name, email)
      return api(orderApi).issue({
        body: {
          title: 'Chặn máy chủ điều khiển',
          situation: 'Máy trong mạng của đơn vị kết nối tới máy chủ điều khiển',
          actions: [
            {
              id: 'a1',
              kind: 'block_ip',
              text: 'Chặn trên tường lửa',
              indicators: ['203.0.113.66'],
            },
            { id: 'a2', kind: 'collect_log', text: 'Gửi nhật ký tường lửa' },
          ],
          report_due_at: new Date(Date.now() + 3_600_000).toISOString(),
          addressees: [{ organisation_id: id }],
        },
      })
    }
    /** A warning to one organisation, approved by somebody who did not write it. */
    const warn = async (name: string, email: string, change: Partial<typeof warning> = {}) => {
      const addressees = [{ organisation_id: await reached(name, email) }]
      const drafts = centre.api(advisoryDraftApi)
      const { id } = await drafts.create({
        body: { content: { ...warning, ...change }, addressees },
      })
      const params = { id }
      const { revision } = await drafts.submit({ params, body: { revision: 1 } })
      const body = { revision, verdict: 'approved' as const }
      const approved = await api(advisoryDraftApi).review({ params, body })
      return drafts.publish({ params, body: { revision: approved.revision } })
    }
    const home = await centre.api(organisationApi).list({ query: { filter: 'home:true' } })
    await centre.api(organisationApi).update({
      params: { id: home.items[0]?.id ?? '' },
      body: { website: 'https://tt.test' },
    })
    return { issue, orders: api(orderApi), warn, advisories: centre.api(advisoryApi) }
  },
  {
    HAIDANG__HTTP__PUBLIC_URL: portal,
    HAIDANG__PUBLIC__ADVISORIES: 'true',
    HAIDANG__MAIL__FROM: 'haidang@soc.test',
    HAIDANG__MAIL__SMTP__HOST: '127.0.0.1',
    HAIDANG__MAIL__SMTP__PORT: String(box.port),
    HAIDANG__MAIL__SMTP__SECURITY: 'plain',
  },
)

/** Where the mail to an address leads. */
async function linkIn(address: string): Promise<string> {
  let link = ''
  await expect
    .poll(
      async () => {
        const text = await box.newest(address)
        link = text?.match(/https:\/\/soc\.test(\/answer(?:\/advisory)?#\S+)/)?.[1] ?? ''
        return link
      },
      { timeout: 30_000 },
    )
    .not.toBe('')
  return link
}

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'a focal point who has never seen the system answers an order from the mail in three steps (%o)',
  async (look) => {
    const { browser, network, issue, orders } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const address = `truc-${look.width}@bo.test`
    const { id, number } = await issue(`Bộ ${look.width}`, address)
    const link = await linkIn(address)
    const context = await visitor(browser, network.centre.access.url, look)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    let steps = 0
    const step = async (act: Promise<unknown>) => {
      steps += 1
      await act
    }

    await step(page.goto(link))
    await page.getByText(number).waitFor()
    await page
      .getByRole('button', { name: say('Gửi trả lời: Tiếp nhận', 'Send the answer: Accept') })
      .waitFor()
    await looked(page)
    const silent = await orders.get({ params: { id } })
    expect(silent.addressees[0]?.step, 'opening the page answers nothing').toBe('delivered')

    await step(page.getByText(say('Báo cáo kết quả', 'Report the result'), { exact: true }).click())
    await looked(page)
    await step(page.getByRole('button', { name: say('Gửi trả lời', 'Send the answer') }).click())
    await page
      .getByRole('status')
      .getByText(say('Đã ghi câu trả lời', 'Your answer is recorded'))
      .waitFor()
    expect(steps).toBeLessThanOrEqual(3)
    await looked(page)

    const { addressees } = await orders.get({ params: { id } })
    expect(addressees[0]?.entries.at(-1)).toMatchObject({
      step: 'completed',
      via: 'mail',
      actor_name: 'Trần Trực Ban',
      results: [
        { action_id: 'a1', outcome: 'done' },
        { action_id: 'a2', outcome: 'done' },
      ],
      proof: { address },
    })
    await context.close()
  },
  240_000,
)

test.skipIf(skipped)(
  'what could only be done in part needs its reason, and a withdrawn order says so behind the same link',
  async () => {
    const { browser, network, issue, orders } = stage()
    const { id, number } = await issue('Bộ thu hồi', 'truc@thuhoi.test')
    const link = await linkIn('truc@thuhoi.test')
    const context = await visitor(browser, network.centre.access.url, usualLook)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(link)
    await page.getByText('Báo cáo kết quả', { exact: true }).click()
    await page.getByLabel('Kết quả của yêu cầu 2').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await page.getByRole('alert').getByText('Còn 1 chỗ cần sửa').waitFor()
    await page.getByLabel('Diễn giải cho yêu cầu 2').fill('Tường lửa chỉ giữ nhật ký 7 ngày')
    await page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await page.getByRole('status').waitFor()
    await orders.withdraw({ params: { id }, body: { reason: 'Gửi nhầm đơn vị' } })
    await page.reload()
    await page.getByText(`Lệnh ${number} đã thu hồi, không cần trả lời nữa`).waitFor()
    await page.getByText('Gửi nhầm đơn vị').waitFor()
    expect(await page.getByText('Chặn trên tường lửa').count()).toBe(0)
    await looked(page)
    await context.close()
  },
  240_000,
)

test.skipIf(skipped)(
  'the same focal point answers a warning from its mail in three steps, and says later that it is mended',
  async () => {
    const { browser, network, warn, advisories } = stage()
    const address = 'truc@canhbao.test'
    const { id, number } = await warn('Bộ được cảnh báo', address)
    const link = await linkIn(address)
    const context = await visitor(browser, network.centre.access.url, { ...usualLook, width: 390 })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(link)
    await page.getByText(number).waitFor()
    await looked(page)
    await page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await page.getByRole('alert').getByText('Chưa chọn').waitFor()
    await page.getByText('Bị ảnh hưởng', { exact: true }).click()
    await page.getByRole('button', { name: 'Gửi trả lời: Bị ảnh hưởng' }).click()
    await page.getByRole('status').getByText('Đã ghi câu trả lời: Bị ảnh hưởng').waitFor()
    await looked(page)
    await page.getByText('Đã vá', { exact: true }).click()
    await page.getByLabel('Diễn giải').fill('Đã nâng cả hai máy')
    await page.getByRole('button', { name: 'Gửi trả lời: Đã vá' }).click()
    await page.getByRole('status').getByText('Đã ghi câu trả lời: Đã vá').waitFor()
    expect(await page.getByRole('button', { name: 'Gửi trả lời' }).count()).toBe(0)
    await looked(page)
    const { items } = await advisories.addressees({ params: { id }, query: {} })
    const organisation = items[0]?.organisation_id ?? ''
    const { entries } = await advisories.ladder({ params: { id, organisation } })
    expect(entries.map(({ step }) => step)).toEqual(['delivered', 'assessed', 'remediated'])
    expect(entries.at(-1)).toMatchObject({ actor_name: 'Trần Trực Ban', proof: { address } })
    await advisories.cancel({ params: { id }, body: { reason: 'Nhầm sản phẩm' } })
    await page.reload()
    await page.getByText(`Cảnh báo ${number} đã hủy, không cần trả lời nữa`).waitFor()
    await page.getByText('Nhầm sản phẩm').waitFor()
    await context.close()
  },
  240_000,
)

test.skipIf(skipped).each([
  { ...usualLook, width: 390 },
  { ...usualLook, language: 'en', theme: 'dark' },
] as const)(
  'everybody finds an advisory of TLP:CLEAR without signing in, and no other (%o)',
  async (look) => {
    const { browser, network, warn } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const name = `Bộ ${look.language}`
    const told = { kind: 'advisory', answer_due_at: null } as const
    const title = { vi: `Lỗ hổng chung ${look.language}`, en: `Hole for all ${look.language}` }
    await warn(name, `chung-${look.language}@cc.test`, { ...told, tlp: 'clear', title })
    await warn(`${name} kín`, `kin-${look.language}@cc.test`, { ...told, tlp: 'amber' })
    const context = await visitor(browser, network.centre.access.url, look)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto('/public-advisories')
    await page.getByRole('link', { name: say(title.vi, title.en) }).waitFor()
    expect(await page.getByText(say('Cổng thư Ví Dụ', 'Example Mail Gateway')).count()).toBe(0)
    await looked(page)
    await page.getByRole('searchbox').fill('không có gì')
    await page.keyboard.press('Enter')
    await page.getByText(say('Không có gì khớp bộ lọc', 'Nothing matches the filter')).waitFor()
    await looked(page)
    await page.getByRole('searchbox').fill(`lo hong chung ${look.language}`)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: say(title.vi, title.en) }).click()
    await page.getByRole('heading', { level: 1, name: say(title.vi, title.en) }).waitFor()
    await looked(page)
    const csaf = await page.getByRole('link', { name: 'CSAF 2.0' }).getAttribute('href')
    expect(csaf).toMatch(/^https:\/\/soc\.test\/\.well-known\/csaf\/white\/20\d\d\/cbck-.*\.json$/)
    const document = await page.request.get(new URL(csaf ?? '').pathname)
    expect((await document.json()).document.distribution.tlp.label).toBe('WHITE')
    await page.goto('/public-advisories/CBCK-2026-9999')
    await page.getByText(say('Không có cảnh báo này', 'No such advisory')).waitFor()
    await context.close()
  },
  240_000,
)
