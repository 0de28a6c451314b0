import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()

const stage = stageWith(async ({ centre }) => {
  const groups = centre.api(sharingGroupApi)
  const { id } = await groups.create({ body: { name: 'Nhóm ngân hàng' } })
  for (const n of [1, 2]) {
    const organisation = await centre.api(organisationApi).create({
      body: { code: `NH.${n}`, name: `Ngân hàng ${n}`, kind: 'enterprise' },
    })
    const memberships = centre.api(membershipApi)
    const params = { id: organisation.id }
    await memberships.apply({ params, body: { kind: 'voluntary', signer: 'Người ký' } })
    const agreement = { number: `${n}/NH`, date: '2026-11-01' }
    for (const act of ['review', 'sign', 'activate'] as const) {
      await memberships.move({ params, body: { act, reason: 'thử', agreement } })
    }
    await groups.join({ params: { id }, body: { organisation_id: organisation.id } })
  }
  return {}
})

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'the panel follows TLP and addressees, and the page says who sees what was written (%o)',
  async (look) => {
    const { browser, network, cookie } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const context = await visitor(browser, network.centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto('/incidents/new')
    const panel = page.locator('section', { hasText: say('Ai sẽ thấy', 'Who will see this') })
    await panel.getByText(say('1 tổ chức thấy', '1 organisation sees it')).waitFor()
    await page.getByLabel('Nhóm ngân hàng').check()
    await panel.getByText(say('3 tổ chức thấy', '3 organisations see it')).waitFor()
    await panel.getByText(say('nhóm Nhóm ngân hàng', 'group Nhóm ngân hàng')).first().waitFor()
    await page.getByLabel('TLP', { exact: true }).selectOption('red')
    await panel.getByText(say('1 tổ chức thấy', '1 organisation sees it')).waitFor()
    await panel
      .getByText(/TLP:RED/)
      .first()
      .waitFor()
    await looked(page)
    await page.getByLabel('TLP', { exact: true }).selectOption('amber')
    await page.getByLabel(say('Tên sự cố', 'Title')).fill('Mã độc lan trong ngân hàng')
    await page.getByRole('button', { name: say('Lập sự cố', 'Open an incident') }).click()

    await page.waitForURL(/\/incidents\/inc_/)
    const seen = page.locator('section', { hasText: say('Ai thấy', 'Who sees this') }).last()
    await seen.getByText(say('3 tổ chức thấy', '3 organisations see it')).waitFor()
    await looked(page)
    await seen.getByRole('button', { name: say('Đổi phạm vi', 'Change') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say('3 tổ chức thấy', '3 organisations see it')).waitFor()
    await dialog.getByLabel('TLP', { exact: true }).selectOption('amber+strict')
    await dialog.getByText(say('1 tổ chức thấy', '1 organisation sees it')).waitFor()
    await looked(page)
    await dialog.getByRole('button', { name: say('Lưu phạm vi', 'Save') }).click()
    await dialog.waitFor({ state: 'hidden' })
    await seen.getByText(say('1 tổ chức thấy', '1 organisation sees it')).waitFor()

    // Who takes part sees it, too; ended, it no longer does.
    const add = say('Thêm tổ chức…', 'Add an organisation…')
    await page.getByRole('button', { name: add }).click()
    await dialog.getByLabel(say('Tổ chức', 'Organisation'), { exact: true }).selectOption({
      label: 'Ngân hàng 1',
    })
    await dialog.getByLabel(say('Được xem', 'It sees')).selectOption('story')
    await dialog.getByLabel(say('Được ghi chú', 'May write notes')).check()
    await looked(page)
    await dialog.getByRole('button', { name: say('Cho tham gia', 'Let it take part') }).click()
    await dialog.waitFor({ state: 'hidden' })
    await seen.getByText(say('2 tổ chức thấy', '2 organisations see it')).waitFor()
    const note = page.getByRole('combobox', { name: say('Ghi vào', 'Write in') })
    await note.pressSequentially('Nhờ @')
    await page.getByRole('option').first().waitFor()
    await looked(page)
    await note.press('ArrowDown')
    await note.press('Enter')
    await page.getByRole('listbox').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: say('Ghi', 'Add'), exact: true }).click()
    await page.locator('li strong', { hasText: '@' }).first().waitFor()
    await page.getByRole('button', { name: say('Thôi cho Ngân hàng 1', 'End that') }).click()
    await dialog.getByLabel(say('Lý do', 'Reason')).fill('Đã xong việc')
    await dialog
      .getByRole('button', { name: say('Thôi tham gia', 'End participation'), exact: true })
      .click()
    await seen.getByText(say('1 tổ chức thấy', '1 organisation sees it')).waitFor()
    await context.close()
  },
  120_000,
)
