import type { DeadlineState, DeadlineSubject } from './deadline.ts'
import { type Label, label } from './label.ts'

/** Words about deadlines under way. */
export const deadlineLabels = {
  deadlineState: {
    running: label('Đang tính', 'Running'),
    passed: label('Quá hạn', 'Passed'),
    met: label('Đúng hạn', 'Met in time'),
    late_met: label('Hoàn thành muộn', 'Met late'),
    stopped: label('Đã dừng', 'Stopped'),
  } satisfies Record<DeadlineState, Label>,
  deadlineSubject: {
    incident: label('Sự cố', 'Incident'),
    'incident-report': label('Tin báo sự cố', 'Incident report'),
    order: label('Lệnh', 'Order'),
    handover: label('Bàn giao ca', 'Hand-over'),
  } satisfies Record<DeadlineSubject, Label>,
}
