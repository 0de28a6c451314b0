import { totpCode, totpStep } from '@haidang/centre/modules/factors/totp'
import { providerApi } from '@haidang/contracts/provider-api'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { browserMissing, openBrowser } from './browser.ts'
import { looked } from './looked.ts'
import { realProvider } from './oidc-provider.ts'
import { complaintsOf, type Look, usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly url: string
  readonly provider: Awaited<ReturnType<typeof realProvider>>
}

const skipped = browserMissing()
vi.setConfig({ testTimeout: 120_000 })
const stage: { up?: Stage } = {}
const complaints: (readonly string[])[] = []
const client = { client_id: 'hai-dang', client_secret: 'a secret of this test only' }

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  const { url } = network.centre.access
  const analyst = network.centre.person('analyst')
  const people = {
    analyst: { email: analyst.email, email_verified: true, name: analyst.name },
    stranger: { email: 'la@dau-do.example', email_verified: true, name: 'Người Lạ' },
    forger: { email: network.centre.person('leader').email, email_verified: false, name: 'Giả' },
    elsewhere: { email: 'khac@dau-do.example', email_verified: true, name: 'Nơi Khác' },
  }
  const callback = new URL('/api/v1/session/provider/callback', url).href
  const provider = await realProvider(people, client, callback)
  stage.up = { network, url, provider, browser: await openBrowser() }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.provider[Symbol.asyncDispose]()
  await stage.up?.network[Symbol.asyncDispose]()
})

function up(): Stage {
  if (!stage.up) throw new Error('nothing is up')
  return stage.up
}

async function fresh(path: string, look: Look = usualLook): Promise<Page> {
  const context = await visitor(up().browser, up().url, look)
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  complaints.push(complaintsOf(page))
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function enter(page: Page, role: string): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(up().network.centre.person(role).email)
  await page.getByLabel('Mật khẩu').fill(up().network.password)
  await button(page, 'Đăng nhập').first().click()
}

/** Signs in and agrees on the provider's own pages. */
async function agree(page: Page, name: string): Promise<void> {
  await page.waitForURL(/\/interaction\//)
  await page.locator('input[name="login"]').fill(name)
  await page.locator('input[name="password"]').fill('any')
  await page.locator('button[type="submit"]').click()
  await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' })
  await page.locator('button[type="submit"]').click()
}

test.skipIf(skipped)('an administrator adds a provider and tries it', async () => {
  const page = await fresh('/sign-in')
  await enter(page, 'administrator')
  await page.waitForURL(`${up().url}/`)
  await page.goto('/admin?tab=sign-in')
  await button(page, 'Thêm nhà cung cấp').click()
  await page.getByLabel('Tên trên nút đăng nhập').fill('Bộ Thử')
  await page.getByLabel('Địa chỉ nhà cung cấp').fill('không phải địa chỉ')
  await page.getByLabel('Mã ứng dụng').fill(client.client_id)
  await page.getByLabel('Bí mật ứng dụng').fill(client.client_secret)
  await page.getByLabel('Nhận ra tài khoản').selectOption('verified-email')
  await button(page, 'Lưu').last().click()
  await page.getByText('Giá trị không hợp lệ').first().waitFor()
  await page.getByLabel('Địa chỉ nhà cung cấp').fill(up().provider.issuer)
  await looked(page)
  await button(page, 'Lưu').last().click()
  await button(page, 'Sửa…').click()
  await button(page, 'Thử kết nối').click()
  await page.getByRole('alert').getByText('nằm trong mạng riêng').waitFor()
  await page.getByLabel('đứng trong mạng riêng').check()
  await button(page, 'Lưu').last().click()
  await button(page, 'Sửa…').click()
  await button(page, 'Thử kết nối').click()
  await page.getByText('Kiểm tra PKCE').waitFor()
  await looked(page)
  await page.context().close()
})

test.skipIf(skipped)('somebody signs in there and stands where they wanted to be', async () => {
  const page = await fresh('/incidents')
  await page.waitForURL(/\/sign-in/)
  await looked(page)
  await button(page, 'Đăng nhập bằng Bộ Thử').click()
  await agree(page, 'analyst')
  await page.waitForURL(`${up().url}/incidents`)
  await page.goto('/me')
  await page.getByText('đăng nhập một lần ·').first().waitFor()
  await button(page, 'Bỏ liên kết…').waitFor()
  await page.context().close()
})

test.skipIf(skipped)('who has no account, or no verified e-mail, is told so in words', async () => {
  for (const [name, words] of [
    ['stranger', 'Chưa có tài khoản nào ở đây'],
    ['forger', 'chưa xác minh thư điện tử'],
  ] as const) {
    const page = await fresh('/sign-in', { language: 'vi', theme: 'dark', width: 390 })
    await button(page, 'Đăng nhập bằng Bộ Thử').click()
    await agree(page, name)
    await page.getByRole('alert').getByText(words).waitFor()
    await looked(page)
    await page.context().close()
  }
})

test.skipIf(skipped)('who stops at the provider comes back to a page that says so', async () => {
  const page = await fresh('/sign-in', { ...usualLook, language: 'en' })
  await button(page, 'Sign in with Bộ Thử').click()
  await page.waitForURL(/\/interaction\//)
  await page.getByText('[ Cancel ]').click()
  await page.getByRole('alert').getByText('The provider refused the sign-in').waitFor()
  await page.context().close()
})

test.skipIf(skipped)(
  'an account is linked by its holder, and our own code is asked for',
  async () => {
    const { centre } = up().network
    const { items } = await centre.api(providerApi).list({ query: {} })
    const params = { id: items[0]?.id ?? '' }
    await centre.api(providerApi).change({ params, body: { matching: 'linked' } })
    const page = await fresh('/sign-in')
    await enter(page, 'watch-officer')
    await page.waitForURL(`${up().url}/`)
    await page.goto('/me')
    await button(page, 'Thiết lập ứng dụng xác thực').click()
    const secret = (await page.locator('[data-secret]').textContent())?.replaceAll(' ', '') ?? ''
    const step = totpStep(Date.now())
    await page.getByLabel('Mã sáu số ứng dụng đang hiện').fill(totpCode(secret, step))
    await button(page, 'Xác nhận').click()
    await button(page, 'Tôi đã cất').click()
    await button(page, 'Liên kết với Bộ Thử').click()
    await agree(page, 'elsewhere')
    await page.getByText('Đã liên kết.').waitFor()
    await page.getByText('khac@dau-do.example').waitFor()
    await looked(page)

    await page.context().clearCookies()
    await page.goto('/sign-in?to=/orders')
    await button(page, 'Đăng nhập bằng Bộ Thử').click()
    await agree(page, 'elsewhere')
    await page.getByLabel('Mã sáu số').fill(totpCode(secret, step + 1))
    await looked(page)
    await button(page, 'Tiếp tục').click()
    await page.waitForURL(`${up().url}/orders`)
    await page.goto('/me')
    await button(page, 'Bỏ liên kết…').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ liên kết' }).click()
    await button(page, 'Liên kết với Bộ Thử').waitFor()
    await page.context().close()
  },
)

test.skipIf(skipped)('no page complained', () => {
  expect(complaints.flat()).toEqual([])
})
