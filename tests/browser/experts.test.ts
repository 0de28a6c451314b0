import { expertApi } from '@haidang/contracts/expert-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()

const stage = stageWith(async () => ({}))

test
  .skipIf(skipped)
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'an expert is put into the roster, found by speciality and taken out again (%o)',
  async (look) => {
    const { browser, network, cookie } = stage()
    const { centre } = network
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const { id } = await centre.api(organisationApi).create({
      body: { code: `CG.${look.width}`, name: `Tổ chức ${look.width}`, kind: 'enterprise' },
    })
    const context = await visitor(browser, centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(`/organisations/${id}?part=experts`)
    await page.getByRole('button', { name: say('Thêm chuyên gia', 'Add expert') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('Họ và tên', 'Full name')).first().fill('Đỗ Điều Tra')
    await dialog.getByRole('button', { name: say('Lưu', 'Save'), exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByText(say('Điều tra, thu thập chứng cứ', 'Investigation and evidence')).click()
    await dialog.getByRole('button', { name: say('Thêm chứng chỉ', 'Add certificate') }).click()
    await dialog.locator('[name="certificates.0.name"]').fill('GCFA')
    await dialog.locator('[name="certificates.0.issuer"]').fill('Học viện Ví dụ')
    await dialog.locator('[name="certificates.0.valid_to"]').fill('2999-12-31')
    await dialog.locator('[name="basis.since"]').fill('2026-11-01')
    await dialog.locator('[name="basis.note"]').fill('Phiếu đồng ý số 7')
    await looked(page)
    await dialog.getByRole('button', { name: say('Lưu', 'Save'), exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('GCFA').waitFor()
    await looked(page)

    await page.goto('/organisations?tab=experts')
    await page.getByLabel(say('Chuyên môn', 'Specialities')).first().selectOption('d-malware')
    await page.getByText('Đỗ Điều Tra').waitFor({ state: 'detached' })
    await page.getByLabel(say('Chuyên môn', 'Specialities')).first().selectOption('d-forensics')
    await page.getByText('Đỗ Điều Tra').first().waitFor()
    await looked(page)

    await page.goto(`/organisations/${id}?part=experts`)
    await page.getByRole('button', { name: say('Xóa', 'Remove'), exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('Xóa', 'Remove') })
      .click()
    await page.getByText(say('Chưa có chuyên gia nào', 'No experts yet')).waitFor()
    const left = await centre.api(expertApi).list({ query: {} })
    expect(left.items).toEqual([])
    await context.close()
  },
  90_000,
)
