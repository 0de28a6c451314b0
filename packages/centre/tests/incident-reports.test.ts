import { type Client, createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import { formApi } from '@haidang/contracts/form-api'
import type { FormContent } from '@haidang/contracts/form-content'
import { incidentApi } from '@haidang/contracts/incident-api'
import type { ReportStage } from '@haidang/contracts/incident-report'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { standingNode } from './access-ground.ts'
import { keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

let node: CentreNode
let count = 0

beforeAll(async () => {
  node = await standingNode()
})
afterAll(() => node[Symbol.asyncDispose]())

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))

async function member() {
  const { id } = await local(organisationApi).create({
    body: {
      code: `BC.${count++}`,
      name: `Sở Ví dụ ${count}`,
      kind: 'province',
      address: '1 phố Ví Dụ',
    },
  })
  await local(contactApi).add({
    params: { id },
    body: { purpose: 'duty', name: 'Trực ban', phone: '024 3943 0000', email: 'truc@so.example' },
  })
  const send = senderOf(node, await keyFor(node, id, 'focal-point'))
  return {
    id,
    reports: createClient(incidentReportApi, send),
    forms: createClient(formApi, send),
    deadlines: createClient(deadlineApi, send),
  }
}
type Member = Awaited<ReturnType<typeof member>>

const notice: FormContent = {
  system_name: 'Cổng dịch vụ công',
  public_ips: [{ ip: '192.0.2.10' }],
  domains: [{ domain: 'DVC.so.example' }],
  description: 'Giao diện cổng bị thay đổi từ rạng sáng',
  detected_date: '2026-11-22',
  detected_time: '06:30',
  result_or_proposal: 'Đã ngắt kết nối, đề nghị hỗ trợ phân tích',
}
const first: FormContent = {
  status: 'unhandled',
  detection_methods: ['log_file'],
  notified_to: ['coordinator'],
  date: '2026-11-23',
  time: '08:00',
}

/** Submits the open draft of a form with what is told beside what it was filled with. */
async function submit({ forms }: Member, form_id: string, said: FormContent) {
  const params = { id: form_id }
  const draft = await forms.get({ params })
  const content = { ...draft.content, ...said }
  const { revision } = await forms.save({ params, body: { revision: draft.revision, content } })
  return forms.submit({ params, body: { revision } })
}

async function noticed(one: Member, said: FormContent = {}) {
  const body = { organisation_id: one.id, stage: 'notice' as const }
  const { report_id, form_id } = await one.reports.begin({ body })
  await submit(one, form_id, { ...notice, ...said })
  return one.reports.get({ params: { id: report_id } })
}

const note = (one: Member, text = 'Máy chủ thư gửi thư rác') => ({
  organisation_id: one.id,
  channel: 'telephone' as const,
  sender: { name: 'Lê Văn Gọi', phone: '0900 000 001' },
  system_name: 'Thư điện tử',
  description: text,
  addresses: ['198.51.100.25'],
})

const decide = (body: Parameters<Client<typeof incidentReportApi>['triage']>[0]['body']) =>
  local(incidentReportApi).triage({ body })

test('a report goes from its draft through notice, form 03 and form 04; each is filled from those before', async () => {
  const one = await member()
  const begun = await one.reports.begin({ body: { organisation_id: one.id, stage: 'notice' } })
  const draft = await one.reports.get({ params: { id: begun.report_id } })
  expect(draft).toMatchObject({ state: 'draft', number: null, stages: [] })
  await submit(one, begun.form_id, notice)
  const params = { id: begun.report_id }
  const received = await one.reports.get({ params })
  expect(received).toMatchObject({
    state: 'received',
    stage: 'notice',
    number: expect.stringMatching(/^TB-\d{4}-\d{4}$/),
    system_name: 'Cổng dịch vụ công',
    addresses: ['192.0.2.10', 'dvc.so.example'],
    detected_at: '2026-11-21T23:30:00.000Z',
    sender: { name: expect.stringContaining('Sở Ví dụ') },
  })
  const begin = (use: string) => one.forms.begin({ body: { use, subject: params.id } })
  const second = await begin('incident-first-report')
  expect(second.content).toMatchObject({
    description: notice['description'],
    detected_time: '06:30',
    reporter_phone: '024 3943 0000',
    public_ips: [{ ip: '192.0.2.10' }],
  })
  await submit(one, second.id, first)
  const last = await begin('incident-final-report')
  expect(last.content).toMatchObject({
    initial_report_number: received.number,
    system_name: notice['system_name'],
  })
  await submit(one, last.id, { result: 'Đã khôi phục từ bản sao lưu', date: '2026-11-25' })
  const whole = await one.reports.get({ params })
  expect(whole.stage).toBe('final')
  expect(whole.stages.map(({ use }) => use)).toEqual([
    'incident-notice',
    'incident-first-report',
    'incident-final-report',
  ])
  const late = await begin('incident-notice')
  await expect(submit(one, late.id, notice)).rejects.toThrow('incident-report.stage-past')
  const { items } = await local(journalApi).list({ query: { filter: `subject:${params.id}` } })
  expect(JSON.stringify(items)).not.toContain('rạng sáng')
})

test('who receives is held to acknowledge within the hour; the sender sees that, and when it was done', async () => {
  const one = await member()
  const { id } = await noticed(one)
  const due = async () => (await one.deadlines.list({ query: { filter: `subject:${id}` } })).items
  await vi.waitFor(async () => expect(await due()).toHaveLength(1))
  expect((await due())[0]).toMatchObject({ trigger: 'notice.received', state: 'running' })
  await decide({ ids: [id], act: 'acknowledge' })
  expect((await due())[0]?.state).toBe('met')
  const report = await one.reports.get({ params: { id } })
  expect(report.state).toBe('acknowledged')
  expect(report.acknowledged_at).not.toBeNull()
  await expect(decide({ ids: [id], act: 'acknowledge' })).rejects.toThrow('illegal-act')
})

test('a note of a telephone call is received once, however often it is sent', async () => {
  const one = await member()
  const request_id = '0198a7c2-0000-7000-8000-000000000001'
  const body = { ...note(one), request_id }
  const reports = local(incidentReportApi)
  const [a, b] = await Promise.all([reports.report({ body }), reports.report({ body })])
  expect(a.id).toBe(b.id)
  expect(a).toMatchObject({ state: 'received', channel: 'telephone', addresses: ['198.51.100.25'] })
  const stranger = await member()
  await expect(stranger.reports.report({ body: note(one) })).rejects.toThrow(
    'organisation.not-found',
  )
  await expect(stranger.reports.get({ params: { id: a.id } })).rejects.toThrow('not-found')
})

test('what tells of the same is found by address, system and words, and by nobody who may not see it', async () => {
  const one = await member()
  const earlier = await noticed(one)
  const other = await member()
  const later = await noticed(other, { system_name: 'Cổng khác', domains: [] })
  const { items } = await local(incidentReportApi).similar({ body: { report_id: later.id } })
  const found = items.find(({ report }) => report.id === earlier.id)
  expect(found?.same).toEqual(expect.arrayContaining(['address', 'text', 'time']))
  const asked = { text: 'giao dien cong bi thay doi tu rang sang', addresses: ['192.0.2.10'] }
  const seen = await other.reports.similar({ body: asked })
  expect(seen.items.map(({ report }) => report.id)).toEqual([later.id])
  const unlike = await local(incidentReportApi).similar({ body: { text: 'mất điện phòng máy' } })
  expect(unlike.items).toEqual([])
})

test('several reports open one incident, filled from them, and are taken up again together', async () => {
  const [one, other] = [await member(), await member()]
  const ids = [(await noticed(one)).id, (await noticed(other)).id]
  const { items } = await decide({ ids, act: 'open' })
  const [incident_id] = [...new Set(items.map((report) => report.incident_id))]
  const incident = await local(incidentApi).get({ params: { id: incident_id ?? '' } })
  expect(incident).toMatchObject({ detected_at: '2026-11-21T23:30:00.000Z', tlp: 'amber' })
  expect(incident.title).toContain('Cổng dịch vụ công')
  expect(items.every(({ state, acknowledged_at }) => state === 'attached' && acknowledged_at)).toBe(
    true,
  )
  const again = await decide({ ids, act: 'reopen', reason: 'hai vụ khác nhau' })
  expect(again.items.map(({ incident_id: of }) => of)).toEqual([null, null])
  const attached = await decide({ ids: ids.slice(0, 1), act: 'attach', incident_id: incident.id })
  expect(attached.items[0]?.incident_id).toBe(incident.id)
})

test('one of many that cannot be decided so undoes the whole act', async () => {
  const one = await member()
  const [a, b] = [await noticed(one), await noticed(one)]
  await decide({ ids: [a.id], act: 'reject', reason: 'thử nghiệm của đơn vị' })
  await expect(decide({ ids: [a.id, b.id], act: 'near_miss' })).rejects.toThrow('illegal-act')
  expect((await one.reports.get({ params: { id: b.id } })).state).toBe('received')
  await expect(decide({ ids: [b.id], act: 'reject' })).rejects.toThrow('"reason"')
  await expect(decide({ ids: [b.id], act: 'duplicate', duplicate_of: b.id })).rejects.toThrow(
    '"duplicate_of"',
  )
  const { items } = await decide({ ids: [b.id], act: 'duplicate', duplicate_of: a.id })
  expect(items[0]).toMatchObject({ state: 'duplicate', duplicate_of: a.id })
})

test('a question stands at the report until the next form answers it', async () => {
  const one = await member()
  const { id } = await noticed(one)
  await decide({ ids: [id], act: 'ask', reason: 'Cho biết thời điểm sao lưu gần nhất' })
  expect((await one.reports.get({ params: { id } })).question).toContain('sao lưu')
  const draft = await one.forms.begin({ body: { use: 'incident-first-report', subject: id } })
  await submit(one, draft.id, { ...first, contact_name: 'Lê Văn Trực' })
  expect((await one.reports.get({ params: { id } })).question).toBe('')
})

test('who reports does not decide, and who reads does not report', async () => {
  const one = await member()
  const { id } = await noticed(one)
  const own = one.reports.triage({ body: { ids: [id], act: 'reject', reason: 'tự bỏ' } })
  await expect(own).rejects.toThrow('permission.missing')
  const leader = createClient(
    incidentReportApi,
    senderOf(node, await keyFor(node, one.id, 'leader')),
  )
  const stage: ReportStage = 'notice'
  await expect(leader.begin({ body: { organisation_id: one.id, stage } })).rejects.toThrow(
    'permission.missing',
  )
})
