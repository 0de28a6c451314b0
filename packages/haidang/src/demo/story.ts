import { setTimeout as delay } from 'node:timers/promises'
import { createClient, type Send } from '@haidang/contracts/client'
import type { Cluster } from '@haidang/contracts/cluster'
import { clusterApi } from '@haidang/contracts/cluster-api'
import type { Incident } from '@haidang/contracts/incident'
import { incidentApi } from '@haidang/contracts/incident-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { isoOf, systemClock } from '@haidang/runtime/clock'

const hour = 3_600_000
/** From the first probing to the web shell: before that there is nothing an officer would open an incident for. */
const fewestClusters = 5

/**
 * The first chapter, told through the API by a coordinator of the centre, whose session `send` carries: when
 * serious clusters of the ministry have arrived, an incident is opened and an order goes to the ministry and
 * the ISP. The rest is the viewer's. Where there is an incident already, it was told before.
 */
export async function tellFirstChapter(send: Send, signal: AbortSignal): Promise<void> {
  const { items } = await createClient(incidentApi, send).list({ query: { limit: 1 } })
  if (items.length > 0) return
  const clusters = await untilSerious(send, signal)
  if (clusters.length === 0) return
  const struck = clusters[0]?.organisation_id ?? ''
  const incident = await createClient(incidentApi, send).open({
    body: {
      title: 'Máy chủ web của Bộ Thử nghiệm bị chiếm quyền điều khiển',
      summary:
        'Dò quét, đoán mật khẩu SSH rồi tải web shell lên máy chủ cổng thông tin. Nghi kết nối ra máy chủ điều khiển.',
      type: 'INTRUSION',
      severity: 'high',
      organisation_id: struck,
      cluster_ids: clusters.map(({ id }) => id),
    },
  })
  await issueOrder(send, incident, struck)
}

async function untilSerious(send: Send, signal: AbortSignal): Promise<Cluster[]> {
  const api = createClient(clusterApi, send)
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(90_000)])
  while (!deadline.aborted) {
    const { items } = await api.list({
      query: { limit: 200, filter: 'severity:critical or severity:high', sort: '-severity' },
    })
    const ministry = items.filter(({ station_name }) => station_name.includes('Bộ Thử nghiệm'))
    if (ministry.length >= fewestClusters) return ministry.slice(0, 8)
    await delay(500)
  }
  return []
}

async function issueOrder(send: Send, incident: Incident, struck: string): Promise<void> {
  const organisations = await createClient(organisationApi, send).list({ query: { limit: 100 } })
  const isp = organisations.items.find(({ kind }) => kind === 'isp')
  const now = systemClock.now()
  await createClient(orderApi, send).issue({
    body: {
      kind: 'order',
      urgency: 'urgent',
      title: 'Ngăn chặn kết nối tới máy chủ điều khiển và cô lập máy chủ bị chiếm quyền',
      situation: `Theo sự cố ${incident.number}. Địa chỉ điều khiển 203.0.113.66 đã nhận kết nối đều đặn từ máy chủ của Bộ Thử nghiệm.`,
      legal_basis: ['Quyết định 1622/QĐ-TTg năm 2017', 'Thông tư 20/2017/TT-BTTTT, Điều 9'],
      incident_id: incident.id,
      report_due_at: isoOf(now + 4 * hour),
      actions: [
        {
          id: 'chan-ip',
          kind: 'block_ip',
          text: 'Chặn hai chiều địa chỉ 203.0.113.66 tại cổng quốc tế',
          due_at: isoOf(now + hour),
          indicators: ['203.0.113.66'],
        },
        {
          id: 'co-lap',
          kind: 'isolate',
          text: 'Cô lập máy chủ web bị chiếm quyền, giữ nguyên hiện trạng',
          due_at: isoOf(now + 2 * hour),
          indicators: [],
        },
      ],
      addressees: [
        { organisation_id: struck, role: 'lead' },
        ...(isp ? [{ organisation_id: isp.id, role: 'coordinate' as const }] : []),
      ],
    },
  })
}
