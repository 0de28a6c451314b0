import { setTimeout as delay } from 'node:timers/promises'
import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import type { Visit } from './visits.ts'

const content: AdvisoryContent = {
  kind: 'warning',
  tlp: 'amber',
  severity: 'critical',
  exercise: false,
  title: {
    vi: 'Lỗ hổng thực thi mã từ xa trong Cổng thư Ví Dụ',
    en: 'Remote code execution in Example Mail Gateway',
  },
  summary: {
    vi: 'Kẻ tấn công không cần đăng nhập gửi một yêu cầu tới cổng quản trị và chạy mã với quyền hệ thống. Đã thấy khai thác từ 203.0.113.66.',
    en: 'Without signing in, an attacker sends one request to the administration port and runs code as the system. Seen exploited from 203.0.113.66.',
  },
  action: {
    vi: 'Nâng lên bản 7.2.3 trong 24 giờ. Chưa nâng được thì đóng cổng 8443 từ Internet.',
    en: 'Upgrade to 7.2.3 within 24 hours. Where that cannot be done, close port 8443 to the Internet.',
  },
  cves: ['CVE-2026-10001'],
  products: [
    { vendor: 'Ví Dụ', name: 'Cổng thư', versions: '< 7.2.3', fixed: '7.2.3', cpe: '', purl: '' },
  ],
  remediations: [
    { kind: 'vendor_fix', text: 'Bản 7.2.3', url: 'https://vi-du.example/7.2.3' },
    { kind: 'workaround', text: 'Đóng cổng 8443 từ Internet', url: '' },
  ],
  references: [{ title: 'Thông báo của hãng', url: 'https://vi-du.example/thong-bao' }],
  indicators: ['203.0.113.66', 'dieu-khien.example'],
  answer_due_at: '2099-01-02T01:00:00.000Z',
}

/** Pages of advisories: one published in two versions, one awaiting review; the same ones each time. */
export async function advisoryVisits(
  author: SignedIn,
  reviewer: SignedIn,
  organisation_id: string,
): Promise<readonly Visit[]> {
  const told = await published(author, reviewer, organisation_id)
  const focal = 'focal point of the ministry'
  const waiting = await revised(author, told)
  return [
    { name: 'advisories', who: 'coordinator', path: '/advisories' },
    { name: 'advisory-drafts', who: 'coordinator', path: '/advisories?view=drafts' },
    { name: 'advisory-new', who: 'coordinator', path: '/advisories/new' },
    { name: 'advisory', who: 'coordinator', path: `/advisories/${told}` },
    {
      name: 'advisory-ladder',
      who: 'coordinator',
      path: `/advisories/${told}`,
      act: async (page) => {
        await page
          .locator('[data-row]')
          .first()
          .click({ position: { x: 60, y: 10 } })
        await page.keyboard.press('Enter')
        await page.getByRole('dialog').locator('ol').waitFor()
      },
    },
    { name: 'advisory-addressee', who: focal, path: `/advisories/${told}` },
    { name: 'advisory-draft', who: 'administrator', path: `/advisories/drafts/${waiting}` },
    {
      name: 'advisory-draft-edit',
      who: 'administrator',
      path: `/advisories/drafts/${waiting}?part=edit`,
    },
  ]
}

async function published(author: SignedIn, reviewer: SignedIn, organisation_id: string) {
  const { items } = await author.api(advisoryApi).list({ query: { limit: 1 } })
  if (items[0]) return items[0].id
  const addressees = [{ organisation_id, details: ['192.0.2.20:8443, thấy ngày 21/11/2026'] }]
  const { id } = await author.api(advisoryDraftApi).create({ body: { content, addressees } })
  const params = { id }
  const drafts = author.api(advisoryDraftApi)
  const { revision } = await drafts.submit({ params, body: { revision: 1 } })
  const approved = await reviewer
    .api(advisoryDraftApi)
    .review({ params, body: { revision, verdict: 'approved' } })
  await drafts.publish({ params, body: { revision: approved.revision } })
  await untilReceived(author, id)
  return id
}

/** Its addressee has a node of its own, which says that it has come. */
async function untilReceived(author: SignedIn, id: string): Promise<void> {
  const deadline = AbortSignal.timeout(60_000)
  while (!deadline.aborted) {
    const { tally } = await author.api(advisoryApi).get({ params: { id } })
    if (tally.undelivered === 0) return
    await delay(500)
  }
}

async function revised(author: SignedIn, id: string): Promise<string> {
  const drafts = author.api(advisoryDraftApi)
  const { items } = await drafts.list({ query: { limit: 1 } })
  if (items[0]) return items[0].id
  const params = { id }
  const { revision } = await drafts.revise({ params })
  const action = {
    vi: 'Nâng lên bản 7.2.4 trong 24 giờ: bản 7.2.3 chưa vá hết. Chưa nâng được thì đóng cổng 8443 từ Internet.',
    en: '',
  }
  const changed = await drafts.change({
    params,
    body: { revision, content: { ...content, action }, change_note: 'Bản 7.2.3 chưa vá hết' },
  })
  return (await drafts.submit({ params, body: { revision: changed.revision } })).id
}
