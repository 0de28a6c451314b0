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
  'a list is kept under a name, begun with, removed and brought back (%o)',
  async (look) => {
    const { browser, network, cookie } = stage()
    const say = (vi: string, en: string) => (look.language === 'vi' ? vi : en)
    const name = `Nặng ${look.width}`
    const context = await visitor(browser, network.centre.access.url, look, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    await page.goto('/incidents?view=closed&q=severity%3E%3Dhigh')
    const views = page.getByRole('button', { name: say('Khung nhìn', 'Views'), exact: true })
    const act = (vi: string, en: string) => page.getByRole('menuitem', { name: say(vi, en) })
    await views.click()
    await act('Lưu khung nhìn này', 'Save this view').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('Tên khung nhìn', 'Name of the view')).fill(name)
    await looked(page)
    const keep = dialog.getByRole('button', { name: say('Lưu', 'Save'), exact: true })
    await keep.click()
    await dialog.waitFor({ state: 'hidden' })

    const current = page.getByRole('button', { name: `${say('Khung nhìn', 'View')}: ${name}` })
    await current.click()
    await looked(page)
    await act('Đổi tên, dùng chung', 'Rename, share').click()
    await dialog.getByLabel(say('Tên khung nhìn', 'Name of the view')).fill('')
    await keep.click()
    const wrong = dialog.getByRole('alert')
    await wrong.getByText(say('Tên khung nhìn', 'Name of the view')).waitFor()
    await dialog.getByLabel(say('Tên khung nhìn', 'Name of the view')).fill(name)
    await dialog.getByLabel(say('Cho mọi người', 'Share it with everybody')).check()
    await keep.click()
    await dialog.waitFor({ state: 'hidden' })
    await current.click()
    await page.getByText(say('dùng chung', 'shared'), { exact: true }).waitFor()
    await act('Mở danh sách bằng khung nhìn này', 'Begin the list with this view').click()
    // The browser takes back a request that is under way when it goes elsewhere.
    await page
      .getByText(say(`Danh sách mở bằng "${name}"`, `The list begins with "${name}"`))
      .waitFor()
    await page.goto('/incidents')
    await current.waitFor()
    expect(new URL(page.url()).search).toContain('severity')
    expect(new URL(page.url()).searchParams.get('view')).toBe('closed')

    await current.click()
    await act('Xóa khung nhìn này', 'Remove this view').click()
    await views.waitFor()
    await page.getByRole('button', { name: say('Hoàn tác', 'Undo') }).click()
    await current.waitFor()
    await page.goto('/incidents')
    await current.waitFor()
    await current.click()
    await act('Xóa khung nhìn này', 'Remove this view').click()
    await views.waitFor()
    await context.close()
  },
  120_000,
)
