import { formApi } from '@haidang/contracts/form-api'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()
const filled: Readonly<Record<string, string>> = {
  address: '1 phố Ví Dụ, Hà Nội',
  phone: '024 3943 0000',
  email: 'van-thu@vi-du.example',
  introduction: 'Ba chuyên gia ứng cứu, trực 24/7.',
  unit_email: 'ung-cuu@vi-du.example',
  'working_hours.name': 'Lê Văn Trực',
  'working_hours.phone': '024 3943 0001',
  'out_of_hours.name': 'Trực ban',
  'out_of_hours.mobile': '0900 000 001',
  'leader.name': 'Nguyễn Thị Lãnh',
  'postal.name': 'Văn thư',
  'postal.address': '1 phố Ví Dụ, Hà Nội',
  place: 'Hà Nội',
  date: '2026-11-23',
}

const stage = stageWith(async () => ({}))

const control = (page: Page, name: string) => page.locator(`[name="${name}"]`)

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'an application is filled in, survives a reload, is submitted, compared and accepted (%o)',
  async (look) => {
    const { browser, network, cookie } = stage()
    const { centre } = network
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const name = `Đơn vị ${look.width}`
    const { id } = await centre.api(organisationApi).create({
      body: { code: `DV.${look.width}`, name, kind: 'enterprise', address: 'Địa chỉ cũ' },
    })
    const context = await visitor(browser, centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(`/organisations/${id}?part=membership`)
    await page.getByRole('button', { name: say('Nộp hồ sơ', 'Apply') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('[name="use"]').selectOption('membership-application')
    await dialog.getByRole('button', { name: say('Lập biểu mẫu', 'Fill in a form') }).click()

    await control(page, 'org_name').waitFor()
    expect(await control(page, 'org_name').inputValue()).toBe(name)
    for (const [field, value] of Object.entries(filled)) await control(page, field).fill(value)
    await page.getByText(say('Đã lưu bản nháp', 'Draft saved')).waitFor()
    await page.reload()
    await control(page, 'place').waitFor()
    expect(await control(page, 'out_of_hours.mobile').inputValue()).toBe('0900 000 001')

    const submit = page.getByRole('button', { name: say('Nộp biểu mẫu', 'Submit the form') })
    await submit.click()
    const summary = page.getByRole('alert')
    await summary.getByText(say('Người đại diện', 'Legal representative')).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
      'signer.name',
    )
    await looked(page)
    await page.keyboard.type('Nguyễn Thị Lãnh')
    await page.getByText(say('Đã lưu bản nháp', 'Draft saved')).waitFor()
    await submit.click()

    await page
      .getByRole('heading', { name: say('So với danh bạ', 'Beside the registers') })
      .waitFor()
    await page.getByText('Địa chỉ cũ').waitFor()
    await looked(page)
    await page.getByRole('checkbox', { name: say('Địa chỉ', 'Address'), exact: true }).check()
    await control(page, 'reason').fill('theo hồ sơ đã nộp')
    await page
      .getByRole('button', { name: say('Lập đề nghị sửa danh bạ', 'Request changes') })
      .click()
    await page
      .getByText(/1$|Đã lập 1/)
      .first()
      .waitFor()

    await page.getByRole('link', { name: say('Bản in', 'Print view') }).click()
    await page.getByText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM').waitFor()
    await looked(page)
    await page.getByRole('link', { name: say('Về biểu mẫu', 'Back to the form') }).click()
    await page.getByRole('link', { name: say('Tư cách thành viên', 'Membership') }).click()
    await page.getByRole('link', { name: say('Xem biểu mẫu đã nộp', 'See the form') }).waitFor()
    await page.getByRole('button', { name: say('Thẩm tra xong', 'Reviewed') }).click()
    await dialog.locator('[name="reason"]').fill('hồ sơ đầy đủ')
    await dialog.locator('button[type=submit]').click()
    await dialog.waitFor({ state: 'detached' })
    const { state, steps } = await centre.api(membershipApi).get({ params: { id } })
    expect(state).toBe('reviewed')
    expect(steps.map(({ act }) => act)).toEqual(['review', 'apply'])
    const forms = await centre.api(formApi).list({ query: { filter: `subject:${id}` } })
    expect(forms.items).toMatchObject([{ state: 'submitted', version: 1 }])
    await context.close()
  },
  120_000,
)
