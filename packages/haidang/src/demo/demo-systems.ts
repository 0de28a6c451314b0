import { attributionApi } from '@haidang/contracts/attribution'
import { createClient } from '@haidang/contracts/client'
import type { SystemDraft } from '@haidang/contracts/system'
import { systemApi } from '@haidang/contracts/system-api'
import { apiSender } from '../api-sender.ts'
import type { LocalAccess } from '../local-access.ts'
import type { DemoNodePlan } from './demo-plan.ts'

type Told = Pick<SystemDraft, 'code' | 'name' | 'purpose' | 'level' | 'level_approval'> &
  Partial<Pick<SystemDraft, 'importance' | 'services' | 'software'>> & {
    readonly ranges: readonly string[]
  }

/** Invented systems behind the addresses of the story; each owner has told less than the one before. */
const systems: Readonly<Record<DemoNodePlan['key'], readonly Told[]>> = {
  centre: [],
  ministry: [
    {
      code: 'BTN-01',
      name: 'Cổng thông tin Bộ Thử nghiệm (mô phỏng)',
      purpose: 'Cung cấp thông tin và dịch vụ công trực tuyến',
      level: 3,
      level_approval: 'approved',
      importance: ['priority_sector'],
      services: [{ name: 'Cổng thông tin', protocol: 'tcp', port: 443, public: true }],
      software: [{ name: 'nginx', version: '1.29', identifier: 'pkg:generic/nginx@1.29' }],
      ranges: ['192.0.2.20/32', 'cong-thong-tin.bo-thu-nghiem.example'],
    },
    {
      code: 'BTN-02',
      name: 'Mạng nội bộ Bộ Thử nghiệm (mô phỏng)',
      purpose: 'Máy trạm và thư điện tử của cán bộ',
      level: 2,
      level_approval: 'submitted',
      ranges: ['192.0.2.0/26', 'bo-thu-nghiem.example'],
    },
  ],
  province: [
    {
      code: 'TSM-01',
      name: 'Dịch vụ công tỉnh Sông Mơ (mô phỏng)',
      purpose: 'Tiếp nhận và trả kết quả thủ tục hành chính',
      level: 3,
      level_approval: 'drafting',
      ranges: ['192.0.2.120/32', 'dich-vu-cong.tinh-song-mo.example'],
    },
  ],
  isp: [
    {
      code: 'VMX-01',
      name: 'Trung tâm điều hành mạng Mây Xanh (mô phỏng)',
      purpose: '',
      level: null,
      level_approval: 'drafting',
      ranges: ['192.0.2.192/26', '2001:db8:16::/48'],
    },
  ],
}

/** Tells the centre's register what systems an organisation has. */
export async function registerSystems(
  key: DemoNodePlan['key'],
  organisation_id: string,
  centre: LocalAccess,
): Promise<void> {
  const send = apiSender(centre.url, centre.token)
  const register = createClient(systemApi, send)
  const holding = createClient(attributionApi, send)
  for (const { ranges, ...told } of systems[key]) {
    const { id } = await register.create({ body: { ...told, organisation_id } })
    const drafts = ranges.map((text) => ({ text }))
    await holding.add({ params: { id }, body: { ranges: drafts } })
  }
}
