import { testNetwork } from '@haidang/testbed/test-network'
import { expect, test } from 'vitest'
import { browserMissing, openBrowser } from './browser.ts'
import { looked } from './looked.ts'
import { complaintsOf, usualLook, visitor } from './visitor.ts'

test.skipIf(browserMissing())(
  'a service account is made with who answers for it, and its key is shown as a machine’s',
  async () => {
    await using network = await testNetwork({ stations: [] })
    const browser = await openBrowser()
    const { access, person } = network.centre
    const context = await visitor(browser, access.url, { ...usualLook, width: 390 })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const button = (name: string) => page.getByRole('button', { name })
    await page.goto('/sign-in')
    await page.getByLabel('Thư điện tử').fill(person('administrator').email)
    await page.getByLabel('Mật khẩu').fill(network.password)
    await button('Đăng nhập').click()
    await page.waitForURL(`${access.url}/`)
    await page.goto('/admin?tab=services')
    await button('Thêm tài khoản dịch vụ').first().click()
    await page.getByLabel('Tên máy').fill('Máy SIEM')
    await page.getByLabel('Dùng để').fill('Đẩy cảnh báo')
    const owners = page.getByLabel('Người chịu trách nhiệm').locator('option')
    await owners.first().waitFor({ state: 'attached' })
    await looked(page)
    await button('Lưu').click()
    await page.getByText('Máy SIEM').first().waitFor()
    await looked(page)
    await page.goto('/admin?tab=keys')
    await button('Tạo khóa').first().click()
    await page.getByLabel('Tên khóa').fill('khóa 1')
    await page.getByLabel('Tài khoản dịch vụ').selectOption({ label: 'Máy SIEM' })
    await button('Tạo khóa').last().click()
    await page.getByText('Chỉ hiện một lần').first().waitFor()
    await page.goto('/admin?tab=access')
    await page.getByText('Tài khoản dịch vụ: Máy SIEM · khóa 1').waitFor()
    expect(complaints).toEqual([])
    await browser.close()
  },
  120_000,
)
