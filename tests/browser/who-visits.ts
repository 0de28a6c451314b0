import type { Page } from 'playwright-core'
import type { Visit } from './visits.ts'

const dialog = (page: Page) => page.getByRole('dialog').waitFor()
const opening = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await dialog(page)
}

interface Subjects {
  readonly ministry: string | undefined
  readonly station: string | undefined
  readonly incident: string | undefined
  readonly report: string
  readonly handover: string | undefined
}

/** Pages about who there is: systems, organisations, people, rights, keys of nodes, settings, the journal. */
export const whoVisits = ({
  ministry,
  station,
  incident,
  report,
  handover,
}: Subjects): readonly Visit[] => [
  { name: 'systems', who: 'administrator', path: '/systems' },
  { name: 'systems-whose', who: 'coordinator', path: '/systems?tab=whose&q=192.0.2.20' },
  { name: 'systems-import', who: 'administrator', path: '/systems?tab=import' },
  { name: 'systems-new', who: 'administrator', path: '/systems/new' },
  { name: 'shifts', who: 'coordinator', path: '/shifts' },
  { name: 'shifts-roster', who: 'coordinator', path: '/shifts?tab=roster' },
  {
    name: 'shifts-handover',
    who: 'coordinator',
    path: '/shifts?tab=handovers',
    act: opening(/Bàn giao|Hand over/),
  },
  {
    name: 'shifts-make',
    who: 'coordinator',
    path: '/shifts?tab=roster&span=month',
    act: opening(/mẫu|pattern/),
  },
  { name: 'handover', who: 'administrator', path: `/handovers/${handover}` },
  { name: 'shifts-swaps', who: 'coordinator', path: '/shifts?tab=swaps' },
  { name: 'deadlines', who: 'administrator', path: '/deadlines?view=all' },
  { name: 'incident-reports', who: 'coordinator', path: '/incident-reports' },
  {
    name: 'incident-report-telephone',
    who: 'coordinator',
    path: '/incident-reports',
    act: opening(/điện thoại|telephone/),
  },
  { name: 'incident-report', who: 'coordinator', path: `/incident-reports/${report}` },
  {
    name: 'incident-report-peek',
    who: 'coordinator',
    path: `/incident-reports?peek=${report}`,
    act: (page) => page.locator('aside h2').first().waitFor(),
  },
  {
    name: 'incident-classify',
    who: 'coordinator',
    path: `/incidents/${incident}`,
    act: opening(/^(Sửa|Phân loại|Edit|Change|Classify)/),
  },
  {
    name: 'incident-grade',
    who: 'coordinator',
    path: `/incidents/${incident}`,
    act: opening(/nghiêm trọng|serious/),
  },
  { name: 'approvals', who: 'administrator', path: '/approvals' },
  { name: 'approvals-policy', who: 'administrator', path: '/approvals?view=policy' },
  { name: 'access', who: 'administrator', path: '/admin?tab=access' },
  { name: 'organisations', who: 'administrator', path: '/organisations' },
  {
    name: 'organisations-tree',
    who: 'administrator',
    path: '/organisations?tab=tree',
    act: (page) => page.locator('main button[aria-expanded]').first().click(),
  },
  { name: 'organisations-contacts', who: 'coordinator', path: '/organisations?tab=contacts' },
  { name: 'organisations-experts', who: 'coordinator', path: '/organisations?tab=experts' },
  { name: 'organisations-requests', who: 'coordinator', path: '/organisations?tab=requests' },
  {
    name: 'organisations-groups',
    who: 'coordinator',
    path: '/organisations?tab=groups',
    act: (page) => page.locator('main button[aria-expanded]').first().click(),
  },
  { name: 'organisations-import', who: 'administrator', path: '/organisations?tab=import' },
  {
    name: 'organisation-contacts',
    who: 'coordinator',
    path: `/organisations/${ministry}?part=contacts`,
  },
  {
    name: 'organisation-experts',
    who: 'coordinator',
    path: `/organisations/${ministry}?part=experts`,
  },
  { name: 'organisation-ties', who: 'coordinator', path: `/organisations/${ministry}?part=ties` },
  {
    name: 'organisation-membership',
    who: 'coordinator',
    path: `/organisations/${ministry}?part=membership`,
  },
  { name: 'forms', who: 'coordinator', path: '/forms' },
  {
    name: 'form-begin',
    who: 'coordinator',
    path: '/forms',
    act: opening(/Lập biểu mẫu|Fill in a form/),
  },
  {
    name: 'form-draft',
    who: 'coordinator',
    path: '/forms',
    act: async (page) => {
      await opening(/Lập biểu mẫu|Fill in a form/)(page)
      await page.getByRole('dialog').locator('button[type=submit]').click()
      await page.locator('[name="org_name"]').waitFor()
    },
  },
  { name: 'documents', who: 'administrator', path: '/admin?tab=documents' },
  { name: 'channels', who: 'administrator', path: '/admin?tab=channels' },
  { name: 'document-check', who: 'nobody', path: '/verify' },
  { name: 'people', who: 'administrator', path: '/admin?tab=people' },
  { name: 'invitations', who: 'administrator', path: '/admin?tab=invitations' },
  { name: 'sign-in-rules', who: 'administrator', path: '/admin?tab=sign-in' },
  { name: 'keys', who: 'administrator', path: '/admin?tab=keys' },
  { name: 'settings', who: 'administrator', path: '/admin?tab=settings' },
  { name: 'settings-units', who: 'administrator', path: '/admin?tab=units' },
  { name: 'settings-profile', who: 'administrator', path: '/settings/regulations/vn-2026' },
  {
    name: 'settings-entry',
    who: 'administrator',
    path: '/settings/regulations/vn-2026',
    act: async (page) => {
      await page
        .getByRole('button', { name: /(Sửa|Change) 2026.report72h|2026.report72h/ })
        .first()
        .click()
      await dialog(page)
    },
  },
  {
    name: 'settings-publish',
    who: 'administrator',
    path: '/settings/regulations/vn-2026',
    act: async (page) => {
      await page
        .getByRole('button', { name: /2026.report72h/ })
        .first()
        .click()
      await dialog(page)
      await page.locator('[name="within"]').fill('PT48H')
      await page.getByRole('button', { name: /Ghi vào bản nháp|Write into the draft/ }).click()
      await page.getByRole('button', { name: /Xem trước và ban hành|Preview and put/ }).click()
      await dialog(page)
      await page.locator('[name="from"]').fill('2026-09-01')
      await page.getByText(/sự cố và lệnh đang mở|open incidents and orders/).waitFor()
    },
  },
  {
    name: 'organisation-contact-add',
    who: 'coordinator',
    path: `/organisations/${ministry}?part=contacts`,
    act: opening(/Thêm đầu mối|Add contact/),
  },
  { name: 'organisation-overview', who: 'coordinator', path: `/organisations/${ministry}` },
  {
    name: 'provider-new',
    who: 'administrator',
    path: '/admin?tab=sign-in',
    act: opening(/Thêm nhà cung cấp|Add a provider/),
  },
  {
    name: 'key-new',
    who: 'administrator',
    path: '/admin?tab=keys',
    act: opening(/Tạo khóa|Create key/),
  },
  {
    name: 'invite',
    who: 'administrator',
    path: '/admin?tab=invitations',
    act: opening(/Mời|Invite/),
  },
  { name: 'stations-keys', who: 'administrator', path: '/stations?tab=keys' },
  {
    name: 'stations-authority',
    who: 'administrator',
    path: '/stations?tab=keys',
    act: opening(/Đổi theo kế hoạch|Rotate|Planned/i),
  },
  {
    name: 'stations-request-file',
    who: 'administrator',
    path: '/stations',
    act: opening(/Nhận tệp xin gia nhập|request file/),
  },
  {
    name: 'station-inspection',
    who: 'administrator',
    path: `/stations/${station}`,
    act: opening(/Ghi biên bản|Lập biên bản|Record an inspection/),
  },
  {
    name: 'station-replace',
    who: 'administrator',
    path: `/stations/${station}`,
    act: opening(/Thay máy|Replace/),
  },
  {
    name: 'incident-reach',
    who: 'coordinator',
    path: `/incidents/${incident}`,
    act: opening(/^(Đổi phạm vi|Change)$/),
  },
  { name: 'notifications', who: 'administrator', path: '/notifications?view=all' },
  { name: 'deliveries', who: 'administrator', path: '/notifications?view=deliveries' },
  { name: 'received-mails', who: 'administrator', path: '/notifications?view=unfiled' },
  { name: 'services', who: 'administrator', path: '/admin?tab=services' },
  { name: 'personal-data', who: 'administrator', path: '/admin?tab=personal-data' },
  { name: 'journal', who: 'administrator', path: '/admin?tab=journal' },
  {
    name: 'journal-check',
    who: 'administrator',
    path: '/admin?tab=journal',
    act: opening(/Kiểm tra chuỗi băm|Verify the hash chain/),
  },
  {
    name: 'journal-stations',
    who: 'administrator',
    path: '/admin?tab=journal',
    act: opening(/Nhật ký các trạm|Journals of stations/),
  },
  {
    name: 'journal-entry',
    who: 'administrator',
    path: '/admin?tab=journal',
    act: async (page) => {
      for (const key of ['j', 'Enter']) await page.keyboard.press(key)
      await page.waitForURL(/\/journal\/jrn_/)
      await page.getByText(/^(Mã băm|Hash)$/).waitFor()
    },
  },
]
