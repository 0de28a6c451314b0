import { formApi } from '@haidang/contracts/form-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { playbookApi } from '@haidang/contracts/playbook-api'
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

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'a playbook is written by keyboard, published, taken over onto an incident, and not overwritten unawares (%o)',
  async (look) => {
    const { browser, network, cookie } = stage()
    const { centre } = network
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const name = `Phương án ${look.width}`
    const context = await visitor(browser, centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const button = (vi: string, en: string) =>
      page.getByRole('button', { name: say(vi, en), exact: true })
    const title = (place: number) => control(page, `tasks.${place}.title.vi`)
    const save = button('Lưu bản nháp', 'Save the draft')
    await page.goto('/playbooks/new')
    await title(0).fill('Cô lập')
    for (const [place, words] of ['Báo cáo', 'Lấy mẫu'].entries()) {
      await button('Thêm việc', 'Add a task').click()
      await page.keyboard.type(words)
      expect(await title(place + 1).inputValue()).toBe(words)
    }
    await page.getByLabel('1. Cô lập').first().check()
    await title(2).press('End')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await title(1).inputValue()).toBe('Lấy mẫu')
    await page.keyboard.type('!')
    await title(1).press('Alt+ArrowDown')
    expect(await title(2).inputValue()).toBe('Lấy mẫu!')
    await title(1).press('Alt+ArrowUp')
    expect(await title(0).inputValue()).toBe('Cô lập')
    await save.click()
    await page.getByRole('alert').getByText(say('Tên phương án', 'Name')).click()
    await page.keyboard.type(name)
    await control(page, 'tasks.0.due').fill('4')
    await control(page, 'tasks.0.checklist').fill('Ngắt mạng\nGiữ bộ nhớ')
    await looked(page)
    await page.reload()
    expect(await title(1).inputValue()).toBe('Báo cáo')
    await save.click()
    await button('Ban hành…', 'Publish…').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('[name="reason"]').fill('ban hành lần đầu')
    await looked(page)
    await dialog.getByRole('button', { name: say('Ban hành', 'Publish'), exact: true }).click()
    await page.getByText(say('Đang hiệu lực', 'In force')).first().waitFor()
    await looked(page)

    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const playbooks = centre.api(playbookApi)
    const { organisation_id, current } = await playbooks.get({ params: { id } })
    const struck = await centre.api(incidentApi).open({
      body: { title: `Mã độc ${look.width}`, organisation_id, tlp: 'amber' },
    })
    await page.goto(`/incidents/${struck.id}`)
    await button('Theo phương án…', 'From a playbook…').click()
    await dialog.locator('[name="template"]').selectOption(id)
    await looked(page)
    await dialog.getByRole('button', { name: say('Thêm các việc', 'Add the tasks') }).click()
    const taken = page.getByRole('list', { name: say('Phương án đã lấy', 'Playbooks taken over') })
    await taken.getByText(say('0/3 đã xong', '0/3 done')).waitFor()
    await taken.getByRole('link', { name }).click()

    await button('Soạn bản mới', 'Write a new version').click()
    await title(0).fill('Cô lập ngay')
    const content = current?.content
    if (!content) throw new Error('a published playbook has a version')
    const revision = 2
    await playbooks.save({ params: { id }, body: { revision, content } })
    await save.click()
    await page
      .getByRole('alert')
      .getByText(say('Có người vừa sửa phương án này', 'Somebody has just changed this playbook'))
      .waitFor()
    expect(await title(0).inputValue()).toBe('Cô lập ngay')
    await button(
      'Vẫn lưu phần tôi soạn, thay bản vừa lưu',
      'Save what I wrote in place of what was saved',
    ).click()
    await page.getByText('Cô lập ngay').first().waitFor()
    await looked(page)
    await page.goto('/playbooks?view=drafts')
    await page.getByRole('link', { name }).first().waitFor()
    await looked(page)
    await context.close()
  },
  120_000,
)
