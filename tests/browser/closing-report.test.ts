import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentParticipantApi } from '@haidang/contracts/incident-participant-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi } from '@haidang/contracts/person-api'
import { signedIn } from '@haidang/testbed/signed-in'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { usualLook, visitor } from './visitor.ts'

const password = 'mat-khau-cua-nguoi-giup'

const stage = stageWith(async ({ centre }) => {
  const { id } = await centre.api(organisationApi).create({
    body: { code: 'KT.1', name: 'Bệnh viện Ví dụ', kind: 'enterprise' },
  })
  const other = await centre.api(organisationApi).create({
    body: { code: 'KT.2', name: 'Nhà mạng Ví dụ', kind: 'enterprise' },
  })
  const email = 'dau-moi@nha-mang.example'
  await centre.api(personApi).create({
    body: {
      name: 'Trần Văn Giúp',
      email,
      password,
      role_id: 'focal-point',
      organisation_id: other.id,
    },
  })
  const { cookie: helping } = await signedIn(centre.access.url, email, password)
  return { organisation_id: id, other_id: other.id, helping }
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

test.skipIf(browserMissing())(
  'who only takes part is not told that there is no closing report: it may be one that they do not see',
  { timeout: 60_000 },
  async () => {
    const { browser, network, cookie, helping, organisation_id, other_id } = stage()
    const { id } = await network.centre.api(incidentApi).open({
      body: { title: 'Máy chủ thư bị chiếm', organisation_id },
    })
    await network.centre.api(incidentParticipantApi).add({
      params: { id },
      body: { organisation_id: other_id, role: 'supporting', sees: 'summary' },
    })
    const sections = async (who: string) => {
      const context = await visitor(browser, network.centre.access.url, usualLook, who)
      context.setDefaultTimeout(20_000)
      const page = await context.newPage()
      const answered = page.waitForResponse(`**/incidents/${id}/closing-report`)
      await page.goto(`/incidents/${id}`)
      await answered
      await page.getByRole('heading', { name: 'Phân loại' }).waitFor()
      const closing = page.getByRole('heading', { name: 'Kết thúc, bài học' })
      return { context, closing }
    }
    const handling = await sections(cookie)
    await handling.closing.waitFor()
    const taking = await sections(helping)
    await expect.poll(() => taking.closing.count(), { timeout: 20_000 }).toBe(0)
    await handling.context.close()
    await taking.context.close()
  },
)
