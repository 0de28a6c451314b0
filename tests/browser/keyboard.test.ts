import { clusterApi } from '@haidang/contracts/cluster-api'
import { clusterMergeApi } from '@haidang/contracts/cluster-merge-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../system/harness/until.ts'
import { attacked } from './arrival.ts'
import { browserMissing, openBrowser } from './browser.ts'
import { usualLook, visitor } from './visitor.ts'

interface Stage {
  readonly browser: Browser
  readonly network: TestNetwork
  readonly officer: SignedIn
}

const skipped = browserMissing()
const clusters = 24
const stage: { up?: Stage } = {}

beforeAll(async () => {
  if (skipped) return
  const network = await testNetwork({ stations: [] })
  const { centre } = network
  await attacked(centre, centre, clusters)
  stage.up = {
    network,
    browser: await openBrowser(),
    officer: await centre.signIn('watch-officer'),
  }
}, 120_000)

afterAll(async () => {
  await stage.up?.browser.close()
  await stage.up?.network[Symbol.asyncDispose]()
})

/** A page of the officer, with a keyboard that counts and no mouse. */
async function desk(path: string) {
  if (!stage.up) throw new Error('nothing is up')
  const { browser, network, officer } = stage.up
  const context = await visitor(browser, network.centre.access.url, usualLook, officer.cookie)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(path)
  await page.locator('[data-row]').first().waitFor()
  const counted = { keys: 0 }
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
    counted.keys += keys.length
  }
  return { page, press, counted, [Symbol.asyncDispose]: () => context.close() }
}

/** Clusters as they stand at the node, whatever the page says. */
async function found(filter: string) {
  const reply = await stage.up?.officer.api(clusterApi).list({ query: { limit: 100, filter } })
  return reply?.items ?? []
}

const said = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor()

test.skipIf(skipped)(
  'a cluster is acknowledged, assigned and closed with its reason in five keys',
  async () => {
    await using at = await desk('/alerts?q=entity:192.0.2.24')
    await at.press('j', 'e')
    await said(at.page, 'Đã nhận 1 cụm')
    await at.press('i')
    await said(at.page, 'Đã giao 1 cụm')
    await at.press('d')
    await at.page.getByRole('dialog').waitFor()
    await at.press('Enter')
    await said(at.page, 'Đã đóng 1 cụm')
    expect(at.counted.keys).toBeLessThanOrEqual(5)
    expect(await found('entity:192.0.2.24')).toMatchObject([
      { state: 'closed', close_reason: 'false_positive', assignee_name: 'Trần Trực Ban' },
    ])
  },
)

test.skipIf(skipped)(
  'twenty clusters are closed together, with a reason chosen, in six keys, and come back with one more',
  async () => {
    const filter =
      'not (entity:192.0.2.21 or entity:192.0.2.22 or entity:192.0.2.23 or entity:192.0.2.24)'
    await using at = await desk(`/alerts?q=${encodeURIComponent(filter)}`)
    await at.press('Shift+A', 'd')
    await at.page.getByRole('dialog', { name: 'Đóng 20 cụm cảnh báo' }).waitFor()
    await at.press('2', 'Enter')
    await said(at.page, 'Đã đóng 20 cụm')
    expect(at.counted.keys).toBeLessThanOrEqual(6)
    expect(await found('close_reason:benign')).toHaveLength(20)
    await at.press('u')
    await said(at.page, 'Đã hoàn tác 20 cụm')
    expect(await found('close_reason:benign')).toHaveLength(0)
  },
)

test.skipIf(skipped)(
  'a run of rows is chosen with Shift x, and the choice stands over what live news brings',
  async () => {
    await using at = await desk('/alerts')
    await at.press('j', 'x', 'j', 'j', 'Shift+X')
    await said(at.page, '3 đã chọn')
    await at.press('Escape')
    await at.page.getByText('3 đã chọn').waitFor({ state: 'detached' })
  },
)

/** What a browser sends while Telex makes `ế` of `e` `e` `s`: key events that say they compose. */
async function compose(page: Page, typed: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const key of typed) {
    await page.evaluate(
      ([name]) => {
        const target = document.activeElement ?? document.body
        for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
          const init = { key: name ?? '', bubbles: true, cancelable: true, ...how }
          target.dispatchEvent(new KeyboardEvent('keydown', init))
        }
      },
      [key],
    )
  }
  await session.send('Input.imeSetComposition', {
    text: 'ế',
    selectionStart: 1,
    selectionEnd: 1,
  })
  await session.send('Input.insertText', { text: 'ế' })
  await session.detach()
}

test.skipIf(skipped)('composing Vietnamese letters fires no single key', async () => {
  await using at = await desk('/alerts')
  await at.press('j')
  const before = await found('state:closed')
  const address = at.page.url()
  await compose(at.page, 'edcigtxz')
  await at.page.locator('[data-search]').focus()
  await compose(at.page, 'edcix')
  await at.page.keyboard.type('dee')
  expect(at.page.url()).toBe(address)
  await expect(at.page.getByRole('dialog').count()).resolves.toBe(0)
  await expect(at.page.getByText('đã chọn').count()).resolves.toBe(0)
  await expect(at.page.locator('[data-search]').inputValue()).resolves.toContain('ế')
  expect(await found('state:closed')).toHaveLength(before.length)
  expect(await found('state:acknowledged')).toHaveLength(0)
})

test.skipIf(skipped)('single keys can be turned off, and Ctrl K stays', async () => {
  await using at = await desk('/alerts')
  await at.page.evaluate(() => localStorage.setItem('haidang.single-keys', 'off'))
  await at.press('j', 'x', 'd', '?')
  await expect(at.page.getByRole('dialog').count()).resolves.toBe(0)
  await at.press('Control+k')
  await at.page.getByRole('dialog').waitFor()
})

/** An alert of another rule, the newest of all. */
async function downloaded(): Promise<void> {
  const line = {
    _path: 'http',
    ts: Date.now() / 1000,
    uid: 'CHhAvVGS1DHFjwGM9',
    trans_depth: 1,
    'id.orig_h': '192.0.2.51',
    'id.orig_p': 51_012,
    'id.resp_h': '198.51.100.66',
    'id.resp_p': 443,
    method: 'GET',
    host: '198.51.100.66',
    uri: '/x.exe',
    user_agent: '-',
    status_code: 200,
  }
  await stage.up?.network.centre.feed('zeek', [JSON.stringify(line)])
  await until('an alert of another rule', 60_000, async () => {
    return (await found('entity:192.0.2.51')).length > 0
  })
}

/** A desk whose cursor stands on the first of the identical clusters, below the newer ones of another rule. */
async function onIdentical() {
  const newer = await found('entity:192.0.2.51')
  const identical = (await found('state:new not entity:192.0.2.51')).length
  const at = await desk('/alerts')
  for (const { entity } of [...newer, { entity: '192.0.2.' }]) {
    await at.press('j')
    await at.page.locator('[aria-current]', { hasText: entity }).waitFor()
  }
  return { ...at, identical }
}

test.skipIf(skipped)(
  'more than twenty identical false positives among other alerts are found and closed in six keys',
  async () => {
    await downloaded()
    await using at = await onIdentical()
    expect(at.identical).toBeGreaterThanOrEqual(20)
    await at.press('Shift+L')
    await said(at.page, `${at.identical} đã chọn`)
    await at.press('d')
    await at.page.getByRole('dialog').waitFor()
    await at.press('Enter')
    await said(at.page, `Đã đóng ${at.identical} cụm`)
    expect(at.counted.keys).toBeLessThanOrEqual(6)
    expect(await found('state:new not entity:192.0.2.51')).toEqual([])
    expect(await found('state:new')).not.toEqual([])
    await at.press('u')
    await said(at.page, `Đã hoàn tác ${at.identical} cụm`)
  },
)

test.skipIf(skipped)(
  'identical clusters are merged by key, taken apart with one more, and taken apart later on their page',
  async () => {
    await using at = await onIdentical()
    const { identical } = at
    const others = 'state:new not entity:192.0.2.51'
    await at.press('Shift+L', 'm')
    await at.page.getByText(`Đã gộp ${identical} cụm vào`).waitFor()
    const [head] = await found(others)
    expect(await found(others)).toMatchObject([{ merged_count: identical - 1 }])
    await at.press('u')
    await said(at.page, `Đã tách ${identical - 1} cụm`)
    expect(await found(others)).toHaveLength(identical)
    const ids = (await found(others)).map(({ id }) => id)
    const merged = await stage.up?.officer.api(clusterMergeApi).merge({ body: { ids } })
    expect(merged?.head.id).toBe(head?.id)
    await at.page.goto(`/alerts/${head?.id}`)
    await at.page.getByRole('button', { name: 'Tách ra…' }).click()
    await at.page.getByRole('button', { name: 'Như trước khi gộp' }).click()
    await said(at.page, `Đã tách ${identical - 1} cụm`)
    await at.page.getByRole('heading', { name: 'Các cụm đã gộp' }).waitFor({ state: 'detached' })
    expect(await found(others)).toHaveLength(identical)
  },
)

test.skipIf(skipped)(
  'an incident is merged with another by key, and taken out again on the page of the head',
  async () => {
    const { officer } = stage.up ?? {}
    if (!officer) throw new Error('nothing is up')
    const { items } = await officer.api(organisationApi).list({ query: { limit: 1 } })
    const open = (title: string) =>
      officer
        .api(incidentApi)
        .open({ body: { title, organisation_id: items[0]?.id ?? '', type: 'MALWARE' } })
    const head = await open('Mã độc ở máy chủ')
    const other = await open('Mã độc ở máy trạm')
    await using at = await desk('/incidents')
    await at.page.goto(`/incidents/${head.id}`)
    await at.page.getByRole('heading', { name: head.title }).waitFor()
    await at.press('m')
    const dialog = at.page.getByRole('dialog')
    await dialog.getByRole('searchbox').fill(other.number)
    await dialog.getByRole('checkbox', { name: other.number }).check()
    await dialog.getByRole('button', { name: 'Gộp', exact: true }).click()
    await said(at.page, `Đã gộp 1 sự cố vào ${head.number}`)
    await at.page.goto(`/incidents/${other.id}`)
    await at.page.getByRole('link', { name: 'sự cố khác' }).click()
    await at.page.getByRole('button', { name: 'Tách ra…' }).click()
    await at.page.getByRole('button', { name: 'Như trước khi gộp' }).click()
    await said(at.page, 'Đã tách 1 sự cố')
    const apart = await officer.api(incidentApi).get({ params: { id: other.id } })
    expect(apart.merged_into).toBeNull()
  },
)
