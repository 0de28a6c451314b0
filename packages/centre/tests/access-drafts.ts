import type { DoubtDraft } from '@haidang/contracts/doubt'
import type { InspectionDraft } from '@haidang/contracts/inspection'
import { isoOf } from '@haidang/runtime/clock'
import type { CentreNode } from './centre-node.ts'

/** Long over, so that no alert of a test falls under it. */
export const doubtDraft: DoubtDraft = {
  basis: 'received',
  reason: 'thử',
  starts_at: '2001-01-01T00:00:00Z',
  ends_at: '2001-01-02T00:00:00Z',
}

/** An inspection nobody has yet answered. */
export const inspectionDraft: InspectionDraft = {
  kind: 'ad_hoc',
  inspected_on: '2026-01-01',
  inspector: 'Người kiểm tra',
  answers: [],
  findings: [],
  summary: '',
}

/** An order with one action, due in an hour. */
export function orderDraft(node: CentreNode, organisation_id: string) {
  return {
    title: 'Lệnh thử',
    situation: 'Thử',
    actions: [{ id: 'a', kind: 'other' as const, text: 'Làm' }],
    report_due_at: isoOf(node.clock.now() + 3_600_000),
    addressees: [{ organisation_id }],
  }
}

/** The text of a rule that has everything a lint asks for. */
export function ruleText(n: number, change = ''): string {
  return [
    `title: Luật ${n}${change}`,
    `id: 00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    'description: Luật thử',
    'author: Thử',
    'level: high',
    'tags: [attack.t1059.001, attack.execution]',
    'falsepositives: [không có]',
    'logsource: { product: test }',
    'detection: { selection: { field: value }, condition: selection }',
    '',
  ].join('\n')
}

/** A tuning that ends in an hour. */
export function tuningDraft(node: CentreNode) {
  const expires_at = isoOf(node.clock.now() + 3_600_000)
  return { selection: 'user: backup', reason: 'máy sao lưu', expires_at }
}
