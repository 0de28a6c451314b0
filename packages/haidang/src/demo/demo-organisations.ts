import { createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { expertApi } from '@haidang/contracts/expert-api'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { apiSender } from '../api-sender.ts'
import type { LocalAccess } from '../local-access.ts'

/** Fills the centre's register: who is under whom, whom to reach, who is a member, what is asked for; all invented. */
export async function fillRegister(centre: LocalAccess): Promise<void> {
  const send = apiSender(centre.url, centre.token)
  const organisations = createClient(organisationApi, send)
  const { items } = await organisations.list({ query: { limit: 100 } })
  const idOf = (code: string) => items.find((one) => one.code === code)?.id ?? ''
  const [home, ministry, province, isp] = ['MP.TTGS', 'MP.BTN', 'MP.TSM', 'MP.VMX'].map(idOf)
  await tie(send, home, ministry, province)
  await reach(send, ministry, province)
  if (ministry) await call(send, ministry)
  const groups = createClient(sharingGroupApi, send)
  const group = await groups.create({
    body: { name: 'Khối cơ quan nhà nước (mô phỏng)', purpose: 'Chia sẻ dấu hiệu tấn công' },
  })
  for (const [place, id] of [ministry, province, isp].entries()) {
    if (!id) continue
    await admit(send, id, 3 - place)
    if (place === 0) {
      await groups.join({ params: { id: group.id }, body: { organisation_id: id } })
    }
  }
  if (!province) return
  await createClient(organisationRequestApi, send).ask({
    params: { id: province },
    body: {
      change: { address: 'Số 1 đường Ví dụ, Sông Mơ', website: 'https://tinh-song-mo.example' },
      reason: 'Chuyển trụ sở',
    },
  })
}

type Sending = ReturnType<typeof apiSender>

async function tie(send: Sending, home?: string, ministry?: string, province?: string) {
  const ties = createClient(organisationTieApi, send)
  if (home) {
    const body = { kind: 'mandate', mandate: 'national_coordinator', basis: 'Mô phỏng' } as const
    await ties.add({ params: { id: home }, body })
  }
  if (!ministry || !province) return
  const unit = await createClient(organisationApi, send).create({
    body: {
      code: 'MP.BTN.CNTT',
      name: 'Cục Công nghệ Thử nghiệm (mô phỏng)',
      kind: 'specialised_unit',
    },
  })
  const body = { kind: 'parent', parent_id: ministry, valid_from: '2025-03-01' } as const
  await ties.add({ params: { id: unit.id }, body })
}

async function reach(send: Sending, ministry?: string, province?: string) {
  const contacts = createClient(contactApi, send)
  if (ministry) {
    const params = { id: ministry }
    const duty = { name: 'Tổ trực Bộ Thử nghiệm', phone: '024 0000 0001' }
    const email = 'truc@bo-thu-nghiem.example'
    await contacts.add({ params, body: { purpose: 'duty', ...duty, email } })
    await contacts.add({
      params,
      body: { purpose: 'legal', name: 'Phòng Pháp chế', email: 'phap-che@bo-thu-nghiem.example' },
    })
  }
  if (province) {
    const duty = { name: 'Trực tỉnh Sông Mơ', phone: '0200 000 0002' }
    await contacts.add({ params: { id: province }, body: { purpose: 'duty', ...duty } })
  }
}

/** Two experts who can be called upon. */
async function call(send: Sending, id: string) {
  const experts = createClient(expertApi, send)
  const basis = {
    ground: 'consent',
    since: '2026-09-01',
    note: 'Phiếu đồng ý số 1 (mô phỏng)',
  } as const
  await experts.add({
    params: { id },
    body: {
      name: 'Nguyễn Thử Nghiệm',
      position: 'Tổ trưởng ứng cứu (mô phỏng)',
      basis,
      phone: '024 0000 0011',
      on_call: true,
      experience_years: 9,
      languages: ['en'],
      specialities: ['d-response', 'd-malware'],
      certificates: [
        { name: 'Ứng cứu sự cố nâng cao', issuer: 'Học viện Ví dụ', valid_to: '2028-12-31' },
      ],
    },
  })
  await experts.add({
    params: { id },
    body: {
      name: 'Trần Ví Dụ',
      position: 'Chuyên viên (mô phỏng)',
      basis,
      specialities: ['d-forensics'],
      experience_years: 4,
      certificates: [{ name: 'Điều tra số', issuer: 'Học viện Ví dụ', valid_to: '2025-12-31' }],
    },
  })
}

/** Takes an organisation some steps on its way to being a member. */
async function admit(send: Sending, id: string, steps: number) {
  const memberships = createClient(membershipApi, send)
  const params = { id }
  await memberships.apply({
    params,
    body: {
      kind: 'obligatory',
      signer: 'Người đại diện (mô phỏng)',
      introduction: 'Tổ ứng cứu 5 người',
    },
  })
  const agreement = { number: `${steps}/TT-MP`, date: '2026-10-01' }
  for (const act of (['review', 'sign', 'activate'] as const).slice(0, steps)) {
    await memberships.move({ params, body: { act, reason: 'Hồ sơ đầy đủ (mô phỏng)', agreement } })
  }
}
