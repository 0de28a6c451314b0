import { advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi } from '@haidang/contracts/person-api'
import { systemApi } from '@haidang/contracts/system-api'
import { signedIn } from '@haidang/testbed/signed-in'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { type Look, usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()
const password = 'mat-khau-cua-nguoi-nhan'

/** As long as a page may take to load beside other tests. */
const patience = { timeout: 20_000 }

const stage = stageWith(async ({ centre }) => {
  const { id } = await centre.api(organisationApi).create({
    body: { code: 'NH.1', name: 'Ngân hàng Ví Dụ', kind: 'enterprise' },
  })
  const email = 'dau-moi@ngan-hang.example'
  await centre.api(personApi).create({
    body: { name: 'Lê Thị Nhận', email, password, role_id: 'focal-point', organisation_id: id },
  })
  await centre.api(systemApi).create({
    body: {
      organisation_id: id,
      code: 'THU',
      name: 'Thư điện tử',
      software: [{ name: 'Cổng thư Ví Dụ', version: '7.2.1' }],
    },
  })
  const author = (await centre.signIn('coordinator')).cookie
  const addressee = (await signedIn(centre.access.url, email, password)).cookie
  return { author, addressee, organisation_id: id }
})

/** A page of somebody who is signed in. */
async function pageOf(cookie: string, look: Look, path: string): Promise<Page> {
  const { browser, network } = stage()
  const context = await visitor(browser, network.centre.access.url, look, cookie)
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(path)
  return page
}

/** What is typed and chosen outlives a reload and what somebody else saves; nothing is submitted without it. */
async function keptWhileOthersSave(writing: Page): Promise<void> {
  const title = writing.getByLabel('Trích yếu', { exact: true })
  const submit = writing.getByRole('button', { name: 'Trình duyệt' })
  await writing.getByRole('link', { name: 'Soạn', exact: true }).click()
  await title.fill('Lỗ hổng cổng thư, sửa')
  const recipient = writing.getByRole('checkbox', { name: 'Ngân hàng Ví Dụ' })
  await recipient.uncheck()
  await writing.reload()
  await expect.poll(() => title.inputValue(), patience).toBe('Lỗ hổng cổng thư, sửa')
  expect(await recipient.isChecked()).toBe(false)
  await expect.poll(() => submit.getAttribute('aria-disabled'), patience).toBe('true')
  const id = new URL(writing.url()).pathname.split('/').at(-1) ?? ''
  const others = stage().network.centre.api(advisoryDraftApi)
  const { revision, content } = await others.get({ params: { id } })
  const changed = { ...content, severity: 'critical' as const }
  await others.change({ params: { id }, body: { revision, content: changed } })
  const overtaken = writing.getByText('Dự thảo đã có thay đổi khác')
  await overtaken.waitFor()
  expect(await title.inputValue()).toBe('Lỗ hổng cổng thư, sửa')
  await writing.getByRole('button', { name: 'Bỏ phần tôi soạn, lấy bản mới' }).click()
  await expect.poll(() => title.inputValue(), patience).toBe('Lỗ hổng cổng thư')
  expect(await recipient.isChecked()).toBe(true)
  await overtaken.waitFor({ state: 'detached' })
}

test.skipIf(skipped)(
  'what is typed into one draft is not taken for another that is opened from it',
  async () => {
    const drafts = stage().network.centre.api(advisoryDraftApi)
    const begun = async (vi: string) => {
      const same = { vi, en: '' }
      const { id } = await drafts.create({
        body: {
          content: { kind: 'advisory', severity: 'low', title: same, summary: same, action: same },
          addressees: [{ organisation_id: stage().organisation_id }],
        },
      })
      return `/advisories/drafts/${id}`
    }
    const [one, other] = [await begun('Dự thảo một'), await begun('Dự thảo hai')]
    const page = await pageOf(stage().author, usualLook, other)
    const title = page.getByLabel('Trích yếu', { exact: true })
    const submit = page.getByRole('button', { name: 'Trình duyệt' })
    const shows = (text: string) => expect.poll(() => title.inputValue(), patience).toBe(text)
    const open = async (path: string, text: string) => {
      await page.evaluate((to) => history.pushState({}, '', to), path)
      await shows(text)
    }
    await shows('Dự thảo hai')
    await open(one, 'Dự thảo một')
    await title.fill('Dự thảo một, sửa')
    await expect.poll(() => submit.getAttribute('aria-disabled'), patience).toBe('true')
    await open(other, 'Dự thảo hai')
    await expect.poll(() => submit.getAttribute('aria-disabled'), patience).not.toBe('true')
    await open(one, 'Dự thảo một, sửa')
    await expect.poll(() => submit.getAttribute('aria-disabled'), patience).toBe('true')
  },
  120_000,
)

test.skipIf(skipped)(
  'one writes to whoever runs a software, another approves and publishes, the addressee answers in one step, the publisher sees it',
  async () => {
    const { author, addressee, cookie } = stage()
    const writing = await pageOf(author, usualLook, '/advisories')
    await writing.getByRole('button', { name: 'Soạn cảnh báo' }).click()
    await writing.getByLabel('Loại', { exact: true }).selectOption('warning')
    await writing.getByLabel('Hạn trả lời').fill('2099-01-02T08:00')
    await writing.getByLabel('Trích yếu', { exact: true }).fill('Lỗ hổng cổng thư')
    await writing.getByLabel('Tóm tắt', { exact: true }).fill('Thực thi mã từ xa.')
    await writing.getByRole('button', { name: 'Thêm: Sản phẩm bị ảnh hưởng' }).click()
    await writing.getByLabel('Hãng').fill('Ví Dụ')
    await writing.getByLabel('Sản phẩm', { exact: true }).fill('Cổng thư')
    await writing.getByRole('button', { name: 'Lưu dự thảo' }).click()
    await writing.getByText('Còn 2 chỗ cần sửa').waitFor()
    await writing.getByLabel('Phiên bản bị ảnh hưởng').fill('< 7.2.3')
    await writing.getByLabel('Việc cần làm', { exact: true }).fill('Nâng lên 7.2.3.')
    await writing.getByLabel('Chạy phần mềm').fill('cong thu')
    await writing.getByLabel('Các phiên bản').fill('< 7.2.3')
    await writing.getByRole('button', { name: 'Thêm đơn vị tìm thấy' }).click()
    await writing.getByText('1 dòng riêng của Ngân hàng Ví Dụ').click()
    const own = writing.getByLabel('Dòng riêng của Ngân hàng Ví Dụ', { exact: true })
    await expect.poll(() => own.inputValue(), patience).toBe('Thư điện tử: Cổng thư Ví Dụ 7.2.1')
    await own.fill('192.0.2.10 cổng 443')
    await looked(writing)
    await writing.getByRole('button', { name: 'Lưu dự thảo' }).click()
    await writing.getByRole('heading', { name: 'Ai sẽ thấy' }).waitFor()
    await looked(writing)
    await keptWhileOthersSave(writing)
    await writing.keyboard.press('p')
    await writing.getByRole('dialog').getByRole('button', { name: 'Trình duyệt' }).click()
    await writing.getByText('Chờ duyệt', { exact: true }).waitFor()
    const path = new URL(writing.url()).pathname

    const reviewing = await pageOf(cookie, usualLook, path)
    await reviewing.getByRole('button', { name: 'Duyệt', exact: true }).click()
    const dialog = reviewing.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await reviewing.getByRole('button', { name: 'Phát hành cho 1 đơn vị' }).click()
    await dialog.getByRole('button', { name: 'Phát hành' }).click()
    await reviewing.getByRole('heading', { name: 'Tình hình khắc phục' }).waitFor()
    const draftLink = reviewing.getByRole('link', { name: 'Bản nháp Lỗ hổng cổng thư' })
    await expect.poll(() => draftLink.count()).toBe(0)
    await looked(reviewing)

    const telephone = { language: 'en', theme: 'dark', width: 390 } as const
    const answering = await pageOf(addressee, telephone, new URL(reviewing.url()).pathname)
    await answering.getByText('192.0.2.10 cổng 443').waitFor()
    await answering.getByText('Answer for each information system').click()
    await answering.getByLabel('System Thư điện tử').selectOption('patched')
    await answering.getByLabel('Explanation').fill('Đã nâng cả hai máy.')
    await answering.getByRole('button', { name: 'Send the answer' }).click()
    await answering.getByText('Your organisation’s answer is recorded').waitFor()
    await looked(answering)

    const line = reviewing.locator('[data-row]', { hasText: 'Ngân hàng Ví Dụ' })
    await line.getByText('Đã khắc phục').waitFor()
    await line.click({ position: { x: 60, y: 10 } })
    await reviewing.keyboard.press('Enter')
    await dialog.getByText('Đã nâng cả hai máy.').waitFor()
    await dialog.getByText('Thư điện tử: Đã vá').waitFor()
    await looked(reviewing)
    await dialog.getByRole('button', { name: 'Xác nhận đã kiểm tra lại' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await line.getByText('Đã kiểm tra lại').waitFor()
    expect(await reviewing.getByRole('link', { name: 'Tải về CSAF 2.0' }).count()).toBe(1)
  },
  120_000,
)
