import type { Alert } from '@haidang/contracts/alert'
import type { DigestFault } from '@haidang/contracts/station-digest'
import { type WrittenAlert, writtenTogether } from '@haidang/contracts/written-alert'
import type { KeptDigest } from './station-digest.ts'

interface Alarm {
  readonly id: Alert['id']
  readonly now: string
  readonly simulated: boolean
  readonly organisation_id: string
  readonly node_id: string
  readonly station: { readonly name: string }
  readonly told: KeptDigest
  readonly fault: DigestFault
}

const causes: Readonly<Record<DigestFault, string>> = {
  'other-for-day': 'một bản khác cho cùng một ngày',
  'breaks-chain': 'không nối tiếp bản đã gửi trước',
  'entries-lost': 'ít dòng hơn bản đã gửi trước',
  'other-head': 'cùng số dòng nhưng khác dòng cuối',
}

/** What the watch is told: the history of a node below is no longer the one it had told of. */
export function digestAlarm(alarm: Alarm): WrittenAlert[] {
  const { id, now, simulated, organisation_id, node_id, station, told, fault } = alarm
  const { digest, hash } = told
  const title = `Nhật ký của trạm ${station.name} mâu thuẫn với bản tóm tắt đã gửi`
  return writtenTogether([
    {
      id,
      organisation_id,
      node_id,
      tlp: 'amber',
      source_id: '',
      event_id: '',
      time: now,
      detected_time: now,
      detector: 'correlation',
      severity: 'critical',
      rule: {
        id: 'journal:contradicted',
        title: 'Nhật ký của trạm mâu thuẫn với bản tóm tắt đã gửi',
        description:
          'Bản tóm tắt nhật ký mà trạm ký không nối tiếp những bản nó đã gửi: nhật ký có thể đã bị viết lại, hoặc trạm được khôi phục từ bản sao lưu',
        tags: ['attack.t1070'],
        references: [],
        version: '',
        false_positives: ['Trạm được khôi phục từ bản sao lưu'],
      },
      title,
      entity: digest.node_id,
      observables: [],
      raw_data: '',
      simulated,
      matches: [
        { field: 'day', value: digest.day, pattern: causes[fault], selection: fault },
        { field: 'hash', value: hash, pattern: '', selection: fault },
      ],
    },
  ])
}
