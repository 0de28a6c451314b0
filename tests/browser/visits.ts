import { clusterApi } from '@haidang/contracts/cluster-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { ruleApi } from '@haidang/contracts/rule-api'
import { stationApi } from '@haidang/contracts/station-api'
import { taskApi } from '@haidang/contracts/task-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import type { Page } from 'playwright-core'
import { advisoryVisits } from './advisory-visits.ts'
import { effortVisits } from './effort-visits.ts'
import { handed } from './handed.ts'
import { mergedIncidents } from './merged-incidents.ts'
import { playbookVisits } from './playbook-visits.ts'
import type { Look } from './visitor.ts'
import { whoVisits } from './who-visits.ts'

/** Who looks at a page, and on which node. */
export type Who =
  | 'nobody'
  | 'stranger to a fresh node'
  | 'administrator of a fresh node'
  | 'coordinator'
  | 'administrator'
  | 'leader'
  | 'focal point of the ministry'
  | 'administrator of the ministry'

/** One picture: who goes where, and what they do there first. */
export interface Visit {
  readonly name: string
  readonly who: Who
  readonly path: string
  /** Arranges what the network answers, before the page is opened. */
  readonly arrange?: (page: Page) => Promise<unknown>
  /** What the person does on the settled page. */
  readonly act?: (page: Page, look: Look) => Promise<unknown>
  /** The picture is of a page that still loads. */
  readonly unsettled?: true
  /** Part of the short run. */
  readonly quick?: true
}

const dialog = (page: Page) => page.getByRole('dialog').waitFor()
const press =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key)
  }
const ask =
  (...keys: string[]) =>
  async (page: Page) => {
    await press(...keys)(page)
    await dialog(page)
  }

/** Every page of the portal, with the things of this demonstration that have a page of their own. */
export async function pageVisits(
  coordinator: SignedIn,
  administrator: SignedIn,
): Promise<readonly Visit[]> {
  const {
    cluster,
    incident,
    order,
    request,
    station,
    rule,
    ministry,
    report,
    task,
    handover,
    ...tied
  } = await subjects(coordinator)
  const focal = 'focal point of the ministry'
  const owner = 'administrator of the ministry'
  return [
    { name: 'sign-in', who: 'nobody', path: '/sign-in', quick: true },
    { name: 'answer-unknown', who: 'nobody', path: `/answer#${'x'.repeat(43)}` },
    {
      name: 'advisory-answer-unknown',
      who: 'nobody',
      path: `/answer/advisory#${'x'.repeat(43)}`,
    },
    { name: 'public-advisories-off', who: 'nobody', path: '/public-advisories' },
    { name: 'overview', who: 'coordinator', path: '/', quick: true },
    { name: 'overview-leader', who: 'leader', path: '/' },
    { name: 'overview-ministry', who: focal, path: '/' },
    { name: 'alerts', who: 'coordinator', path: '/alerts', quick: true },
    { name: 'alerts-chosen', who: 'coordinator', path: '/alerts', act: press('j', 'x', 'j', 'x') },
    {
      name: 'alerts-peek',
      who: 'coordinator',
      path: `/alerts?peek=${cluster}`,
      act: (page) => page.locator('aside h2').first().waitFor(),
      quick: true,
    },
    { name: 'alerts-close', who: 'coordinator', path: '/alerts', act: ask('j', 'd') },
    { name: 'alerts-assign', who: 'coordinator', path: '/alerts', act: ask('j', 'a') },
    { name: 'alert', who: 'coordinator', path: `/alerts/${cluster}`, quick: true },
    { name: 'incidents', who: 'coordinator', path: '/incidents' },
    { name: 'lessons', who: 'coordinator', path: '/incidents?view=lessons' },
    { name: 'incident', who: 'coordinator', path: `/incidents/${incident}`, quick: true },
    { name: 'incident-move', who: 'coordinator', path: `/incidents/${incident}`, act: ask('p') },
    { name: 'incident-merged', who: 'coordinator', path: `/incidents/${tied.merged}` },
    {
      name: 'incident-merge',
      who: 'coordinator',
      path: `/incidents/${tied.linked}`,
      act: async (page) => {
        await ask('m')(page)
        await page.getByRole('dialog').getByRole('checkbox').first().check()
        await page.getByRole('dialog').getByRole('radio').first().waitFor()
      },
    },
    {
      name: 'incident-unmerge',
      who: 'coordinator',
      path: `/incidents/${tied.merged}`,
      act: async (page) => {
        await page.getByRole('button', { name: /^(Tách ra|Take out)/ }).click()
        await dialog(page)
      },
    },
    { name: 'incident-new', who: 'coordinator', path: `/incidents/new?clusters=${cluster}` },
    { name: 'task', who: 'coordinator', path: `/tasks/${task}`, quick: true },
    { name: 'my-work', who: focal, path: '/my-work', quick: true },
    { name: 'orders', who: 'coordinator', path: '/orders' },
    { name: 'order-issuer', who: 'coordinator', path: `/orders/${order}`, quick: true },
    { name: 'order-disputed', who: 'coordinator', path: `/orders/${request}` },
    { name: 'orders-addressee', who: focal, path: '/orders' },
    { name: 'order-addressee', who: focal, path: `/orders/${order}`, quick: true },
    { name: 'order-answer', who: focal, path: `/orders/${order}`, act: ask('p') },
    { name: 'order-new', who: 'coordinator', path: `/orders/new?incident=${incident}` },
    { name: 'stations', who: 'administrator', path: '/stations' },
    { name: 'stations-estate', who: 'administrator', path: '/stations?tab=estate' },
    { name: 'stations-plan', who: 'administrator', path: '/stations?tab=plan' },
    { name: 'stations-inspections', who: 'administrator', path: '/stations?tab=inspections' },
    { name: 'stations-map', who: 'administrator', path: '/stations?tab=map' },
    { name: 'stations-gaps', who: 'administrator', path: '/stations?tab=gaps' },
    { name: 'stations-configuration', who: 'administrator', path: '/stations?tab=configuration' },
    { name: 'stations-sources', who: 'administrator', path: '/stations?tab=sources' },
    { name: 'stations-set-up', who: 'administrator', path: '/stations/set-up' },
    {
      name: 'stations-set-up-way',
      who: 'administrator',
      path: '/stations/set-up?product=windows',
    },
    { name: 'stations-rejects', who: 'administrator', path: '/stations?tab=rejects' },
    { name: 'stations-parent', who: 'administrator', path: '/stations?tab=parent' },
    { name: 'release', who: owner, path: '/stations?tab=release' },
    {
      name: 'release-rule',
      who: owner,
      path: '/stations?tab=release',
      act: async (page) => {
        await page.getByRole('button', { name: /Thêm luật|Add a rule/ }).click()
        await dialog(page)
        await page.getByLabel(/Xử lý|Decision/).selectOption('masked')
      },
    },
    {
      name: 'release-preview',
      who: owner,
      path: '/stations?tab=release',
      act: async (page) => {
        await page.getByRole('button', { name: /Xem trước|Preview/ }).click()
        await page.locator('button[aria-expanded]').first().waitFor()
        await page
          .locator('button[aria-expanded]', { hasText: /Cảnh báo|Alerts/ })
          .first()
          .click()
      },
    },
    { name: 'archive', who: owner, path: '/stations?tab=archive' },
    { name: 'stations-codes', who: 'administrator', path: '/stations?tab=codes' },
    {
      name: 'stations-join-code',
      who: 'administrator',
      path: '/stations',
      act: async (page) => {
        await page.getByRole('button', { name: /Tạo mã kết nối|join code/i }).click()
        await dialog(page)
      },
    },
    { name: 'station', who: 'administrator', path: `/stations/${station}`, quick: true },
    { name: 'events', who: focal, path: '/events?range=1h', quick: true },
    {
      name: 'event',
      who: focal,
      path: '/events?range=1h&q=severity_id%3A4',
      act: async (page) => {
        await page.locator('[data-row]').first().waitFor()
        await press('j', 'Space')(page)
        await page.locator('aside').waitFor()
      },
    },
    { name: 'rules', who: 'coordinator', path: '/rules' },
    { name: 'rule', who: 'coordinator', path: `/rules/${rule}` },
    { name: 'rule-library', who: 'administrator', path: '/rules?tab=library' },
    { name: 'rule-new', who: 'administrator', path: '/rules/library/new' },
    { name: 'rule-sets', who: 'administrator', path: '/rules?tab=sets' },
    { name: 'rule-stations', who: 'administrator', path: '/rules?tab=stations' },
    { name: 'rule-tunings', who: 'administrator', path: '/rules?tab=tunings' },
    { name: 'rule-statistics', who: 'administrator', path: '/rules?tab=statistics' },
    { name: 'rule-coverage', who: 'administrator', path: '/rules?tab=coverage' },
    ...(await advisoryVisits(coordinator, administrator, ministry ?? '')),
    ...(await effortVisits(coordinator, administrator)),
    ...(await playbookVisits(coordinator)),
    ...whoVisits({ ministry, station, incident, report, handover }),
    { name: 'me', who: 'coordinator', path: '/me' },
    { name: 'palette', who: 'coordinator', path: '/', act: ask('Control+k') },
    { name: 'key-sheet', who: 'coordinator', path: '/', act: ask('?') },
    { name: 'not-found', who: 'coordinator', path: '/khong-co-trang-nay' },
  ]
}

async function subjects(coordinator: SignedIn) {
  const clusters = await coordinator.api(clusterApi).list({
    query: { limit: 20, filter: 'detector:sigma and incident_id:*', sort: '-severity' },
  })
  const incidents = await coordinator.api(incidentApi).list({ query: { limit: 20 } })
  const orders = await coordinator.api(orderApi).list({ query: { limit: 20 } })
  const stations = await coordinator.api(stationApi).list({ query: { limit: 20 } })
  const rules = await coordinator
    .api(ruleApi)
    .list({ query: { limit: 1, filter: 'severity:high' } })
  const organisations = await coordinator
    .api(organisationApi)
    .list({ query: { limit: 1, filter: 'code:MP.BTN' } })
  const ministry = organisations.items[0]?.id ?? ''
  const incident = incidents.items.find(({ order_count }) => order_count > 0)?.id ?? ''
  return {
    ministry,
    incident,
    task: await shared(coordinator, incident, ministry),
    cluster: clusters.items[0]?.id,
    order: orders.items.find(({ incident_id }) => incident_id !== null)?.id,
    request: orders.items.find(({ kind }) => kind === 'request')?.id,
    station: stations.items.find(({ name }) => name.includes('Bộ Thử nghiệm'))?.id,
    rule: rules.items[0]?.id,
    ...(await mergedIncidents(coordinator, ministry)),
    report: await telephoned(coordinator, ministry),
    handover: await handed(coordinator),
  }
}

/** A report of an incident noted at the telephone; the same one each time. */
async function telephoned(coordinator: SignedIn, organisation_id: string): Promise<string> {
  const { id } = await coordinator.api(incidentReportApi).report({
    body: {
      organisation_id,
      channel: 'telephone',
      sender: { name: 'Hoàng Đầu Mối', phone: '024 3999 0001', email: '' },
      system_name: 'Cổng dịch vụ công',
      description: 'Nhiều tài khoản đăng nhập từ địa chỉ lạ, có tệp lạ trong thư mục tải lên.',
      addresses: ['203.0.113.66', 'dieu-khien.example'],
      request_id: '5b0c6f0e-6a55-4c1e-9d6e-0d3a4e2b7c11',
    },
  })
  return id
}

/** The first of the tasks of an incident that an organisation was given; the same ones each time. */
async function shared(coordinator: SignedIn, id: string, organisation_id: string) {
  const tasks = coordinator.api(taskApi)
  await tasks.take({
    params: { id },
    body: { template: 'response', assignee: { organisation_id } },
  })
  const { items } = await tasks.list({
    query: { limit: 1, filter: `incident_id:${id}`, sort: 'position' },
  })
  return items[0]?.id
}
