import { closingReportApi } from '@haidang/contracts/closing-report-api'
import { clusterApi } from '@haidang/contracts/cluster-api'
import type { IncidentState } from '@haidang/contracts/incident'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import type { Order, StepDraft } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import type { SignedIn } from '@haidang/testbed/signed-in'
import { testNetwork } from '@haidang/testbed/test-network'
import { expect, test } from 'vitest'
import { until } from './harness/until.ts'

type Step = Omit<Partial<StepDraft>, 'organisation_id'> & Pick<StepDraft, 'step'>

const patience = 30_000
const evidence = 'Ảnh chụp bảng luật tường lửa sau khi chặn'

/** One of the two parties of an order: its own node, its own view. */
function party(person: SignedIn, orderId: string) {
  const api = person.api(orderApi)
  const params = { id: orderId }
  const read = () => api.get({ params })
  const ladder = async () => (await read()).addressees[0]
  const body = async ({ step, note = '', results = [], evidence = [] }: Step) => {
    const organisation_id = (await ladder())?.organisation_id ?? ''
    return { organisation_id, step, note, results, evidence }
  }
  return {
    read,
    attach: (name: string, text: string) =>
      api.attach({
        params,
        body: { name, media_type: 'text/plain', content: Buffer.from(text).toString('base64') },
      }),
    answer: async (step: Step) => api.answer({ params, body: await body(step) }),
    judge: async (step: Step) => api.judge({ params, body: await body(step) }),
    readEvidence: (file: string) => api.evidence({ params: { id: orderId, file } }),
    stands: (step: string) =>
      until(`the order standing at ${step}`, patience, async () => (await ladder())?.step === step),
  }
}

const stepsOf = (order: Order) => order.addressees[0]?.entries.map(({ step }) => step)

test('from a line at the ministry to a closed incident at the centre, with a dispute, a return and evidence on the way', {
  timeout: 180_000,
}, async () => {
  await using network = await testNetwork()
  const ministry = network.station('ministry')
  const sources = ['192.0.2.11', '192.0.2.12']
  await ministry.feed(
    'zeek',
    sources.map((source) => attackToolLine(source, Date.now())),
  )
  const coordinator = await network.centre.signIn('coordinator')
  const focal = await ministry.signIn('focal-point')

  const clusters = await until('both clusters at the centre', patience, async () => {
    const { items } = await coordinator.api(clusterApi).list({ query: { limit: 10 } })
    return items.length === 2 ? items : undefined
  })
  expect(clusters.map(({ entity }) => entity).toSorted()).toEqual(sources)
  const struck = clusters[0]?.organisation_id ?? ''
  const incident = await coordinator.api(incidentApi).open({
    body: {
      title: 'Quét lỗ hổng cổng thông tin',
      type: 'INTRUSION',
      severity: 'high',
      organisation_id: struck,
      cluster_ids: clusters.map(({ id }) => id),
    },
  })
  const escalated = await coordinator.api(clusterApi).list({ query: { limit: 10 } })
  expect(escalated.items.map(({ state }) => state)).toEqual(['escalated', 'escalated'])

  const { id } = await coordinator.api(orderApi).issue({
    body: {
      title: 'Chặn hai địa chỉ đang quét',
      situation: 'Hai địa chỉ dùng công cụ dò lỗ hổng.',
      actions: [{ id: 'chan', kind: 'block_ip', text: 'Chặn tại tường lửa', indicators: sources }],
      incident_id: incident.id,
      report_due_at: new Date(Date.now() + 3_600_000).toISOString(),
      addressees: [{ organisation_id: struck, role: 'lead' }],
    },
  })
  const above = party(coordinator, id)
  const below = party(focal, id)
  await above.stands('delivered')

  await below.answer({ step: 'read' })
  await below.answer({ step: 'disputed', note: 'Một địa chỉ là máy kiểm thử của chúng tôi' })
  await above.stands('disputed')
  await above.judge({ step: 'returned', note: 'Vẫn chặn cả hai tới khi xác minh xong' })
  await below.stands('returned')
  await below.answer({ step: 'acting' })
  await below.answer({ step: 'progressed', note: 'Đã chặn một địa chỉ' })
  await below.answer({
    step: 'completed',
    results: [{ action_id: 'chan', outcome: 'partial', note: 'còn một địa chỉ' }],
  })
  await above.stands('completed')
  await above.judge({ step: 'returned', note: 'Cần chặn nốt và gửi bằng chứng' })
  await below.stands('returned')
  const file = await below.attach('bằng chứng.txt', evidence)
  await below.answer({ step: 'acting' })
  await below.answer({
    step: 'completed',
    results: [{ action_id: 'chan', outcome: 'done', note: 'đã chặn cả hai' }],
    evidence: [file.id],
  })
  await above.stands('completed')
  const proof = await above.readEvidence(file.id)
  expect(Buffer.from(proof.content, 'base64').toString()).toBe(evidence)
  await above.judge({ step: 'verified', note: 'Đã kiểm tra từ ngoài' })
  await above.judge({ step: 'closed' })
  await below.stands('closed')

  await reported(coordinator, focal)

  const [upper, lower] = [await above.read(), await below.read()]
  expect([upper.state, lower.state]).toEqual(['closed', 'closed'])
  expect(stepsOf(upper)).toEqual([
    ...['issued', 'delivered', 'read', 'disputed', 'returned', 'acting', 'progressed'],
    ...['completed', 'returned', 'acting', 'completed', 'verified', 'closed'],
  ])
  expect(stepsOf(lower)).toEqual(stepsOf(upper))
  expect([upper.mine, lower.mine]).toEqual(['issuer', 'addressee'])

  await coordinator.api(closingReportApi).write({
    params: { id: incident.id },
    body: {
      course: 'Dò mật khẩu rồi vào bằng tài khoản quản trị',
      root_cause: 'Mật khẩu yếu',
      measures: 'Chặn địa chỉ, đổi mật khẩu',
      lessons: ['Bật xác thực hai lớp'],
      version: 0,
    },
  })
  for (const state of ['verified', 'contained', 'eradicated', 'recovered', 'closed'] as const) {
    await moved(coordinator, incident.id, state)
  }
  const { items } = await coordinator
    .api(incidentApi)
    .timeline({ params: { id: incident.id }, query: { limit: 200 } })
  const kinds = new Set(items.map(({ kind }) => kind))
  expect([...kinds]).toEqual(
    expect.arrayContaining(['incident.opened', 'order.issued', 'order.stepped']),
  )
})

/** The ministry reports on its own node; the centre has it once, and its number is read where it was reported. */
async function reported(coordinator: SignedIn, focal: SignedIn): Promise<void> {
  const [own] = (await focal.api(organisationApi).list({ query: { filter: 'home:true' } })).items
  const { id } = await focal.api(incidentReportApi).report({
    body: {
      organisation_id: own?.id ?? '',
      channel: 'telephone',
      sender: { name: 'Lê Văn Trực' },
      description: 'Máy chủ web bị thay đổi giao diện',
    },
  })
  const passage = await until('the receipt of the report', patience, async () => {
    const report = await focal.api(incidentReportApi).get({ params: { id } })
    return report.passage?.state === 'received' ? report.passage : undefined
  })
  const { items } = await coordinator.api(incidentReportApi).list({ query: {} })
  expect(items).toMatchObject([{ channel: 'link', number: passage.number, state: 'received' }])
}

async function moved(person: SignedIn, id: string, state: IncidentState): Promise<void> {
  const incident = await person
    .api(incidentApi)
    .move({ params: { id }, body: { state, note: 'xong' } })
  expect(incident.state).toBe(state)
}
