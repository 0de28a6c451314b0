import { createSocket } from 'node:dgram'
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Source } from '@haidang/contracts/source'
import { sourceApi } from '@haidang/contracts/source-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { axeFindings } from './axe.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { sidewaysScroll } from './overflow.ts'
import { TimedUser } from './user-time.ts'
import { complaintsOf, type Look, usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly administrator: SignedIn
  readonly directory: string
}

const skipped = browserMissing()
// Whole walks through several pages; their bar is simulated time, not this.
vi.setConfig({ testTimeout: 90_000 })
const stage: { up?: Stage } = {}
const complaints: (readonly string[])[] = []
/** A network administrator, from the list of sources to a source that is saved. */
const bar = 180
const fixtures = join(import.meta.dirname, '../../packages/station/src/normalise/fixtures')

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  stage.up = {
    network,
    browser: await openBrowser(),
    administrator: await network.centre.signIn('administrator'),
    directory: await mkdtemp(join(tmpdir(), 'haidang-wizard-')),
  }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
  if (stage.up) await rm(stage.up.directory, { recursive: true })
})

async function open(path: string, look: Look = usualLook): Promise<Page> {
  if (!stage.up) throw new Error('nothing is up')
  const { browser, network, administrator } = stage.up
  const context = await visitor(browser, network.centre.access.url, look, administrator.cookie)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  complaints.push(complaintsOf(page))
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  return page
}

/** The records of a product, as recorded or constructed. */
async function recordsOf(format: string, beginning = ''): Promise<string[]> {
  const names = (await readdir(join(fixtures, format))).filter(
    (name) => name.endsWith('.log') && name.startsWith(beginning),
  )
  const texts = await Promise.all(
    names.map((name) => readFile(join(fixtures, format, name), 'utf8')),
  )
  return texts.map((text) => text.trim())
}

const button = (page: Page, name: string) => page.getByRole('button', { name })
const source = (page: Page, name: string) => page.locator('[data-row]').filter({ hasText: name })

/** A source that waits for its first record. */
async function draftOf(name: string): Promise<string | undefined> {
  const made = await stage.up?.administrator.api(sourceApi).create({
    body: { name, collector: 'syslog-tcp', format: 'pan-os', product: 'palo-alto', draft: true },
  })
  return made?.source.id
}

async function sources(): Promise<readonly Source[]> {
  const list = await stage.up?.administrator.api(sourceApi).list({ query: { limit: 100 } })
  return list?.items ?? []
}

/** Goes from the list of sources to the lines to copy. */
async function choose(user: TimedUser, product: string): Promise<void> {
  const { page } = user
  await user.click(button(page, 'Thêm nguồn').first())
  await user.waits(() => page.getByLabel('Tìm sản phẩm').waitFor())
  await user.type(product)
  await user.press('Enter')
  await user.waits(() => button(page, 'Lấy cấu hình').waitFor())
}

/** Copies the lines, gives back what stands in them, and counts pasting them at the sender. */
async function copied(user: TimedUser): Promise<string> {
  const { page } = user
  const lines = page.getByRole('region', { name: /^Cấu hình cho/ })
  await user.waits(() => lines.waitFor())
  await user.click(page.getByRole('button', { name: /^Chép – Cấu hình cho/ }))
  // To the other window, paste, run, and back.
  user.elsewhere(8, 3)
  return (await lines.textContent()) ?? ''
}

/** Sees the first record read, saves, and is back at the list. */
async function save(user: TimedUser): Promise<void> {
  const { page } = user
  await user.waits(() => page.getByText(/^Đọc được cả [\d.]+ bản ghi/).waitFor())
  await page.getByRole('region', { name: 'Các trường đọc được' }).waitFor()
  await user.click(button(page, 'Lưu nguồn'))
  await user.waits(() => button(page, 'Thêm nguồn').waitFor())
}

function within(user: TimedUser): void {
  const { seconds, keys, clicks } = user.total
  console.log(`${Math.round(seconds)} s, ${keys} keys, ${clicks} clicks`)
  expect(seconds).toBeLessThanOrEqual(bar)
}

test.skipIf(skipped)('FortiGate by syslog UDP within three minutes', async () => {
  const user = new TimedUser(await open('/stations?tab=sources'))
  await choose(user, 'forti')
  await user.press('Enter')
  const lines = await copied(user)
  const host = /set server "([^"]+)"/.exec(lines)?.[1] ?? ''
  const port = Number(/set port (\d+)/.exec(lines)?.[1])
  await user.page.getByText('Đang chờ bản ghi đầu tiên…').waitFor()
  const socket = createSocket('udp4')
  for (const record of await recordsOf('fortigate')) socket.send(record, port, host)
  await save(user)
  socket.close()
  await source(user.page, 'fortigate').waitFor()
  within(user)
  expect((await sources()).find(({ name }) => name === 'fortigate')).toMatchObject({
    collector: 'syslog-udp',
    format: 'fortigate',
    draft: false,
    product: 'fortigate',
  })
  await user.page.context().close()
})

test.skipIf(skipped)('Windows by Winlogbeat within three minutes', async () => {
  const user = new TimedUser(await open('/stations?tab=sources'))
  await choose(user, 'winlogbeat')
  await user.press('Enter')
  const lines = await copied(user)
  const url = /hosts: \['([^']+)'\]/.exec(lines)?.[1]
  const password = /password: (\S+)/.exec(lines)?.[1]
  const documents = await recordsOf('windows-json', 'winlogbeat')
  const answer = await fetch(`${url}/_bulk`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}`,
      'content-type': 'application/x-ndjson',
    },
    body: documents.map((document) => `{"create":{"_index":"winlogbeat"}}\n${document}\n`).join(''),
  })
  expect(await answer.json()).toMatchObject({ errors: false })
  await save(user)
  within(user)
  expect((await sources()).find(({ product }) => product === 'windows')).toMatchObject({
    collector: 'elastic-bulk',
    draft: false,
  })
  await user.page.context().close()
})

test.skipIf(skipped)('Suricata by its file within three minutes', async () => {
  const file = join(stage.up?.directory ?? '', 'eve.json')
  await appendFile(file, '')
  const user = new TimedUser(await open('/stations?tab=sources'))
  await choose(user, 'suri')
  await user.click(user.page.getByRole('textbox', { name: 'Tệp' }))
  await user.press('Control+a')
  await user.type(file)
  await user.press('Enter')
  await user.waits(() => user.page.getByText('Đang chờ bản ghi đầu tiên…').waitFor())
  await appendFile(file, `${(await recordsOf('suricata-eve')).join('\n')}\n`)
  await save(user)
  within(user)
  await user.page.context().close()
})

test.skipIf(skipped)(
  'a draft survives a reload, tells why nothing comes, and can be given up',
  async () => {
    const page = await open('/stations/set-up?product=any-syslog')
    await page.getByLabel('Địa chỉ bên gửi').fill('192.0.2.7')
    await button(page, 'Lấy cấu hình').click()
    await page.getByText('Đang chờ bản ghi đầu tiên…').waitFor()
    const lines = await page.getByRole('region', { name: /^Cấu hình cho/ }).textContent()
    await page.reload()
    await page.getByText('Đang chờ bản ghi đầu tiên…').waitFor()
    await page.getByText('tcpdump -ni any udp port').waitFor()
    const socket = createSocket('udp4')
    socket.send(
      '<13>Nov 22 10:00:00 gate app: hello',
      Number(lines?.split(', ').at(-1)),
      '127.0.0.1',
    )
    await page.getByText(/127\.0\.0\.1 vừa gửi, nhưng vào nguồn/).waitFor()
    socket.close()
    await button(page, 'Gỡ nguồn nháp…').click()
    await button(page, 'Gỡ nguồn').last().click()
    await button(page, 'Thêm nguồn').waitFor()
    expect((await sources()).map(({ name }) => name)).not.toContain('any-syslog')
    await page.context().close()
  },
)

test.skipIf(skipped).each([
  { language: 'en', theme: 'dark', width: 390 },
  { language: 'vi', theme: 'light', width: 1280 },
] as const)('every step reads in $language, $theme, $width px', async (look) => {
  const id = (await sources()).find(({ name }) => name === 'fortigate')?.id
  const waiting = await draftOf(`waiting-${look.width}`)
  for (const path of ['', '?product=windows', `?source=${id}`, `?source=${waiting}`]) {
    const page = await open(`/stations/set-up${path}`, look)
    await page.locator('main form').first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    if (look.width < 640) expect(await sidewaysScroll(page)).toEqual([])
    const shots = process.env['WIZARD_SHOTS']
    if (shots) {
      const name = `${path.replace(/\W+/g, '-').slice(-12)}-${look.language}-${look.width}.png`
      await page.screenshot({ path: join(shots, name), fullPage: true })
    }
    await page.context().close()
  }
})

test.skipIf(skipped)('no page complained', () => {
  expect(complaints.flat()).toEqual([])
})
