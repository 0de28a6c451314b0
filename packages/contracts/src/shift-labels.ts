import type { HandoverState, ItemOutcome, OpenWorkKind } from './handover.ts'
import { type Label, label } from './label.ts'
import type { ShiftFaultKind, SwapState } from './shift.ts'

/** Words of shifts. */
export const shiftLabels = {
  shiftFault: {
    gap: label('Không có ca', 'No shift'),
    unstaffed: label('Chưa có trực ban', 'No duty officer'),
    overlap: label('Chồng ca', 'Overlap'),
    rest: label('Nghỉ giữa hai ca quá ngắn', 'Too little rest between shifts'),
    'weekly-rest': label('Không có ngày nghỉ trong tuần', 'No day of rest in the week'),
  } satisfies Record<ShiftFaultKind, Label>,
  swapState: {
    asked: label('Chờ trả lời', 'Asked'),
    agreed: label('Đã đổi', 'Agreed'),
    declined: label('Không đồng ý', 'Declined'),
    withdrawn: label('Đã rút', 'Withdrawn'),
  } satisfies Record<SwapState, Label>,
  handoverState: {
    prepared: label('Chờ nhận', 'Waits to be taken'),
    taken: label('Đang nhận', 'Being taken over'),
    acknowledged: label('Đã nhận', 'Acknowledged'),
    withdrawn: label('Đã rút', 'Withdrawn'),
  } satisfies Record<HandoverState, Label>,
  itemOutcome: {
    transferred: label('Đã nhận phụ trách', 'Taken over'),
    known: label('Đã biết', 'Known'),
    elsewhere: label('Đã xong hoặc người khác phụ trách', 'Done, or with somebody else'),
  } satisfies Record<ItemOutcome, Label>,
  openWorkKind: {
    incident: label('Sự cố', 'Incident'),
    cluster: label('Cụm cảnh báo', 'Alert cluster'),
    'incident-report': label('Tin báo', 'Incident report'),
    order: label('Lệnh', 'Order'),
    deadline: label('Hạn', 'Deadline'),
  } satisfies Record<OpenWorkKind, Label>,
} as const
