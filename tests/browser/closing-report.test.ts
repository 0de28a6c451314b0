import { incidentApi } from '@haidang/contracts/incident-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const stage = stageWith(async ({ centre }) => {
  const { id } = await centre.api(organisationApi).create({
    body: { code: 'KT.1', name: 'Bệnh viện Ví dụ', kind: 'enterprise' },
  })
  return { organisation_id: id }
})

test
  .skipIf(browserMissing())
  .each([usualLook, { ...usualLook, language: 'en', theme: 'dark', width: 390 }] as const)(
  'a grave incident asks for its closing report, keeps what is typed, and is closed with it (%o)',
  { timeout: 120_000 },
  async (look) => {
    const { browser, network, cookie, organisation_id } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const { id } = await network.centre.api(incidentApi).open({
      body: { title: 'Hồ sơ bệnh án bị mã hóa', organisation_id, severity: 'critical' },
    })
    const context = await visitor(browser, network.centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto(`/incidents/${id}`)
    await page.getByText(say('Phát hiện và báo cáo', 'Detect and report')).waitFor()
    const dialog = page.getByRole('dialog')
    const others = page.getByRole('button', { name: say('Việc khác', 'Other actions') })
    const close = async () => {
      await others.click()
      await page
        .getByRole('menuitem', { name: say('Chuyển sang: Đã đóng', 'Move to: Closed') })
        .click()
      await dialog.getByRole('button', { name: say('Xác nhận', 'Confirm') }).click()
    }
    await close()
    await dialog
      .getByText(say('Sự cố này phải có báo cáo kết thúc', 'This incident is summed up before'))
      .waitFor()
    await dialog.getByRole('button', { name: say('Thôi', 'Cancel') }).click()

    const write = page.getByRole('button', {
      name: say('Lập báo cáo kết thúc', 'Write the closing report'),
    })
    const fill = (vi: string, en: string, words: string) =>
      dialog.getByLabel(say(vi, en), { exact: true }).fill(words)
    await write.click()
    await fill('Đã xảy ra điều gì', 'What happened', 'Tệp trên máy chủ bị mã hóa trong đêm')
    await dialog.getByRole('button', { name: say('Lưu báo cáo', 'Save the report') }).click()
    await dialog.getByRole('button', { name: say('Bài học: Chưa nhập', 'Lessons: ') }).waitFor()
    await looked(page)
    await page.reload()
    await write.click()
    await fill('Nguyên nhân gốc', 'Root cause', 'Cổng quản trị từ xa mở ra ngoài')
    await fill('Biện pháp đã làm', 'Measures taken', 'Ngắt mạng, khôi phục từ bản sao lưu')
    await fill('Bài học', 'Lessons', 'Không mở cổng quản trị\nThử khôi phục mỗi quý')
    await dialog.getByRole('button', { name: say('Lưu báo cáo', 'Save the report') }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Tệp trên máy chủ bị mã hóa trong đêm').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Thử khôi phục mỗi quý' }).waitFor()
    await looked(page)
    await close()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(say('Đóng lúc', 'Closed'), { exact: true }).first().waitFor()

    await page.goto('/incidents?view=lessons&q=khoi+phuc+moi+quy')
    await page.getByRole('listitem').filter({ hasText: 'Thử khôi phục mỗi quý' }).first().waitFor()
    await looked(page)
    await page.goto('/incidents?view=lessons&q=khong+co+tu+nay')
    await page.getByText(say('Không có gì khớp bộ lọc', 'Nothing matches the filter')).waitFor()
    await context.close()
  },
)
