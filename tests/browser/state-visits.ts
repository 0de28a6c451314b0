import type { Page, Route } from 'playwright-core'
import type { Visit } from './visits.ts'

const clusters = (url: URL) => url.pathname === '/api/v1/clusters'
const id = '01a20000-0000-7000-8000-000000000000'

const refused = (route: Route) =>
  route.fulfill({
    status: 500,
    contentType: 'application/problem+json',
    json: {
      type: 'about:blank',
      code: 'internal.failure',
      status: 500,
      title: 'Có lỗi bên trong hệ thống',
      title_en: 'Something failed inside',
      detail: '',
      instance: '/api/v1/clusters',
      id,
    },
  })

/** The answers stop coming, then the page asks again, as it does when a change is told. */
async function cutThenAskAgain(page: Page): Promise<void> {
  await page.route(clusters, (route) => route.abort())
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.getByRole('option', { name: /Tải lại số liệu|Reload the figures/ }).click()
  await page.getByText(/SỐ LIỆU CŨ|STALE|OLD FIGURES/i).waitFor()
}

/** The first run and the six states: nothing yet, no match, failed, not allowed, loading, stale. */
export const stateVisits: readonly Visit[] = [
  { name: 'state-empty', who: 'administrator of a fresh node', path: '/incidents', quick: true },
  { name: 'state-empty-overview', who: 'administrator of a fresh node', path: '/' },
  { name: 'state-no-match', who: 'coordinator', path: '/alerts?q=entity%3Akhong-co' },
  {
    name: 'state-error',
    who: 'coordinator',
    path: '/alerts',
    arrange: (page) => page.route(clusters, refused),
  },
  { name: 'state-no-permission', who: 'leader', path: '/rules' },
  {
    name: 'state-loading',
    who: 'coordinator',
    path: '/alerts',
    arrange: (page) => page.route(clusters, () => new Promise(() => undefined)),
    act: (page) => page.locator('main .pulse').first().waitFor(),
    unsettled: true,
  },
  { name: 'state-stale', who: 'coordinator', path: '/alerts', act: cutThenAskAgain },
]

/** Pages of a node nobody has set up; to be taken before it is. */
export const setUpVisits = (token: string): readonly Visit[] => [
  { name: 'setup', who: 'stranger to a fresh node', path: `/setup#token=${token}`, quick: true },
  { name: 'setup-without-link', who: 'stranger to a fresh node', path: '/setup' },
]
