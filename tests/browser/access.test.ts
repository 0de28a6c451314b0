import { mkdir } from 'node:fs/promises'
import { totpCode, totpStep } from '@haidang/centre/modules/factors/totp'
import { accessPolicyApi } from '@haidang/contracts/factor-api'
import { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import { personApi } from '@haidang/contracts/person-api'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { axeFindings } from './axe.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { sidewaysScroll } from './overflow.ts'
import { complaintsOf, type Look, settled, usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  /** Passkeys are bound to a name: at an address of numbers browsers make none. */
  readonly url: string
}

const skipped = browserMissing()
vi.setConfig({ testTimeout: 120_000 })
const stage: { up?: Stage } = {}
const complaints: (readonly string[])[] = []
const shots = process.env['ACCESS_SHOTS']

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  const url = `http://localhost:${new URL(network.centre.access.url).port}`
  stage.up = { network, url, browser: await openBrowser() }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
})

function up(): Stage {
  if (!stage.up) throw new Error('nothing is up')
  return stage.up
}

/** A browser of somebody nobody knows yet. */
async function stranger(look: Look = usualLook): Promise<BrowserContext> {
  const context = await visitor(up().browser, up().url, look)
  context.setDefaultTimeout(20_000)
  return context
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  complaints.push(complaintsOf(page))
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const overview = (page: Page) => page.waitForURL(`${up().url}/`)

async function enter(page: Page, role: string, password = up().network.password): Promise<void> {
  await page.getByLabel('Thư điện tử').fill(up().network.centre.person(role).email)
  await page.getByLabel('Mật khẩu').fill(password)
  await button(page, 'Đăng nhập').click()
}

async function signedOut(page: Page): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/sign-in')
}

/** An authenticator inside Chromium, with a fingerprint that always agrees. */
async function virtualAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function looked(page: Page, name: string): Promise<void> {
  await settled(page)
  expect(await axeFindings(page)).toEqual([])
  if ((page.viewportSize()?.width ?? 0) < 640) expect(await sidewaysScroll(page)).toEqual([])
  if (!shots) return
  await mkdir(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

test.skipIf(skipped)(
  'an authenticator is set up, asked for, and a recovery code stands in',
  async () => {
    const page = await open(await stranger(), '/sign-in')
    await looked(page, 'sign-in')
    await enter(page, 'analyst')
    await overview(page)
    await page.goto('/me')
    await button(page, 'Thiết lập ứng dụng xác thực').click()
    await page.getByRole('img', { name: 'Mã QR của khóa bí mật' }).waitFor()
    const secret = (await page.locator('[data-secret]').textContent())?.replaceAll(' ', '') ?? ''
    await looked(page, 'me-setting-up')
    const step = totpStep(Date.now())
    await page.getByLabel('Mã sáu số ứng dụng đang hiện').fill(totpCode(secret, step))
    await button(page, 'Xác nhận').click()
    const codes = await page.getByLabel('Mã khôi phục, chỉ hiện một lần').first().textContent()
    const [recovery = ''] = codes?.split('\n') ?? []
    await button(page, 'Tôi đã cất').click()
    await page.getByText('Còn 10 mã khôi phục').waitFor()
    await looked(page, 'me-with-authenticator')

    await signedOut(page)
    await enter(page, 'analyst')
    await page.getByLabel('Mã sáu số').fill(totpCode(secret, step))
    await button(page, 'Tiếp tục').click()
    await page.getByRole('alert').getByText('Mã xác thực sai hoặc đã dùng').waitFor()
    await looked(page, 'sign-in-code')
    await page.getByLabel('Mã sáu số').fill(totpCode(secret, step + 1))
    await button(page, 'Tiếp tục').click()
    await overview(page)

    await signedOut(page)
    await enter(page, 'analyst')
    await page.getByLabel('Mã sáu số').fill(recovery)
    await button(page, 'Tiếp tục').click()
    await overview(page)
    await page.context().close()
  },
)

test.skipIf(skipped)(
  'a passkey is made, named, opens without a password, and is removed',
  async () => {
    const page = await open(await stranger(), '/sign-in')
    await virtualAuthenticator(page)
    await enter(page, 'watch-officer')
    await overview(page)
    await page.goto('/me')
    await page.getByLabel('Tên khóa').fill('Máy trực ban')
    await button(page, 'Thêm khóa truy cập').click()
    await page.getByRole('listitem').getByText('Máy trực ban').waitFor()

    await signedOut(page)
    await button(page, 'Dùng khóa truy cập').click()
    await overview(page)
    await page.goto('/me')
    await page.getByText('khóa truy cập · dùng').first().waitFor()
    const key = page.getByRole('listitem').filter({ hasText: 'Máy trực ban' })
    await button(page, 'Đổi tên…').click()
    await page.getByLabel('Tên', { exact: true }).fill('Máy số 2')
    await button(page, 'Lưu').click()
    await page.getByText('Máy số 2').waitFor()
    await looked(page, 'me-with-passkey')
    await button(page, 'Gỡ…').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Gỡ' }).click()
    await key.waitFor({ state: 'detached' })

    await signedOut(page)
    await button(page, 'Dùng khóa truy cập').click()
    await page.getByRole('alert').getByText('Khóa truy cập không được chấp nhận').waitFor()
    await page.context().close()
  },
)

test.skipIf(skipped)('who needs a second factor sets one up before anything else', async () => {
  const { network } = up()
  const policy = network.centre.api(accessPolicyApi)
  await policy.change({ body: { factor_roles: ['leader'] } })
  const page = await open(await stranger({ language: 'vi', theme: 'dark', width: 390 }), '/sign-in')
  await virtualAuthenticator(page)
  await enter(page, 'leader')
  await page.waitForURL(/\/second-factor$/)
  await page.goto('/incidents')
  await page.waitForURL(/\/second-factor$/)
  await looked(page, 'second-factor')
  await button(page, 'Thêm khóa truy cập').click()
  await overview(page)
  await page.goto('/incidents')
  await page.getByRole('heading', { name: 'Sự cố' }).waitFor()
  await page.context().close()
})

test.skipIf(skipped)('sessions are ended by their holder and by an administrator', async () => {
  const [here, there] = [
    await open(await stranger(), '/sign-in'),
    await open(await stranger(), '/sign-in'),
  ]
  for (const page of [here, there]) {
    await enter(page, 'coordinator')
    await overview(page)
  }
  await here.goto('/me')
  await button(here, 'Chấm dứt').click()
  await here.getByText('Đã kết thúc 1 phiên').waitFor()
  await there.goto('/me')
  await there.waitForURL(/\/sign-in/)
  await enter(there, 'administrator')
  await there.waitForURL(/\/me$/)
  await there.goto('/admin?tab=people')
  await there.getByText(up().network.centre.person('coordinator').name).first().dblclick()
  await button(there, 'Đăng xuất ở mọi nơi').click()
  await there.getByText('Không có phiên nào đang mở').waitFor()
  await there.goto('/admin?tab=sign-in')
  await there.getByLabel('Không dùng, phút').waitFor()
  await looked(there, 'admin-access')
  await here.goto('/me')
  await here.waitForURL(/\/sign-in/)
  for (const page of [here, there]) await page.context().close()
})

test.skipIf(skipped)(
  'an invitation makes an account, and a recovery link gives it back',
  async () => {
    const { centre } = up().network
    const email = 'nguoi-moi@trung-tam.example'
    const { organisation_id } = centre
    const body = { organisation_id, role_id: 'analyst', email, name: 'Người Mới' }
    const { token } = await centre.api(invitationApi).create({ body })
    const page = await open(await stranger(), `/invitation#${token}`)
    expect(page.url()).not.toContain(token)
    await looked(page, 'invitation')
    const chosen = async (password: string, act: string) => {
      await page.getByLabel('Mật khẩu mới', { exact: true }).fill(password)
      await page.getByLabel('Nhập lại mật khẩu mới').fill(password)
      await button(page, act).click()
      await page.getByRole('heading', { name: 'Đã xong' }).waitFor()
      await page.getByRole('link', { name: 'Đăng nhập' }).click()
      await page.getByLabel('Thư điện tử').fill(email)
      await page.getByLabel('Mật khẩu').fill(password)
      await button(page, 'Đăng nhập').click()
      await overview(page)
    }
    await chosen('con thuyền ra khơi sớm', 'Tạo tài khoản')

    const { items } = await centre.api(personApi).list({ query: { filter: `email:"${email}"` } })
    const link = await centre
      .api(recoveryApi)
      .issue({ params: { id: items[0]?.id ?? '' }, body: {} })
    await page.goto(`/recovery#${link.token}`)
    await looked(page, 'recovery')
    await chosen('một câu khác dễ nhớ hơn', 'Đặt mật khẩu')
    await page.goto(`/recovery#${link.token}`)
    await page.getByRole('heading', { name: 'Liên kết sai, hết hạn hoặc đã dùng' }).waitFor()
    await page.context().close()
  },
)

test.skipIf(skipped)(
  'a key is made with a scope and an end, and its secret is shown once',
  async () => {
    const page = await open(await stranger(), '/sign-in')
    await enter(page, 'administrator')
    await overview(page)
    await page.goto('/admin?tab=keys')
    await button(page, 'Tạo khóa').first().click()
    await page.getByLabel('Tên khóa').fill('Báo cáo tuần')
    await page.getByLabel('Chỉ dùng từ các địa chỉ').fill('không phải mạng')
    await button(page, 'Tạo khóa').last().click()
    await page.getByText('Giá trị không hợp lệ').first().waitFor()
    await page.getByLabel('Chỉ dùng từ các địa chỉ').fill('192.0.2.0/24')
    await page.getByLabel('Hết hạn').fill('2031-01-01T00:00')
    await page.getByLabel('Phạm vi').selectOption('chosen')
    await page.getByLabel('Xem cảnh báo', { exact: true }).check()
    await looked(page, 'key-new')
    await button(page, 'Tạo khóa').last().click()
    await page.getByText('Chỉ hiện một lần').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('1 quyền').waitFor()
    await page.goto('/admin?tab=access')
    await page.getByText('Khóa API: Báo cáo tuần').waitFor()
    await looked(page, 'access-with-keys')
    await page.context().close()
  },
)

test.skipIf(skipped)('five wrong passwords lock, and the page says for how long', async () => {
  const look: Look = { language: 'vi', theme: 'dark', width: 390 }
  const page = await open(await stranger(look), '/sign-in')
  for (let guess = 1; guess <= 6; guess++) {
    const answered = page.waitForResponse(/\/api\/v1\/session$/)
    await enter(page, 'coordinator', `wrong password ${guess}`)
    await answered
  }
  await page.getByRole('alert').getByText('Đăng nhập sai quá nhiều lần').waitFor()
  await page.getByText(/Thử lại sau \d+ giây/).waitFor()
  await looked(page, 'sign-in-locked')
  await page.context().close()
})

test.skipIf(skipped)('no page complained', () => {
  expect(complaints.flat()).toEqual([])
})
