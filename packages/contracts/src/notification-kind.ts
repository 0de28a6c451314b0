import { z } from 'zod'
import { type Label, label } from './label.ts'

/** What people and contact points are told of. */
export const NotificationKind = z.enum([
  'order-given',
  'order-changed',
  'order-reminded',
  'order-answered',
  'order-help',
  'order-judged',
  'order-withdrawn',
  'order-overdue',
  'advisory-told',
  'warning-told',
  'advisory-changed',
  'advisory-cancelled',
  'advisory-returned',
  'advisory-overdue',
  'advisory-help',
  'advisory-review',
  'advisory-reviewed',
  'effort-moved',
  'participation-given',
  'participation-ended',
  'note-mention',
  'report-received',
  'task-assigned',
  'task-answered',
  'shift-roster',
  'shift-changed',
  'shift-swap-asked',
  'shift-swap-decided',
  'clusters-unacknowledged',
  'deadline-near',
  'deadline-passed',
  'deadline-unreckoned',
  'approval-asked',
  'approval-decided',
  'station-silent',
  'station-returned',
  'invitation',
  'recovery',
  'contact-verification',
  'delivery-failed',
  'mail-answered',
])
export type NotificationKind = z.infer<typeof NotificationKind>

/** How a kind is handled. */
export interface KindRule {
  readonly name: Label
  /** Why it goes out at once, whatever quiet hours and digests say; undefined: it does not. */
  readonly urgent?: Label
  /** Whether who fails to be reached is followed by the next contact of the same organisation. */
  readonly escalates: boolean
  /** Whether one may do without its mail; what carries a one-time link is only there by mail. */
  readonly optional: boolean
}

const ordinary = { escalates: false, optional: true } as const
const bound = { escalates: true, optional: true } as const
const link = { escalates: false, optional: false } as const

export const kindRules: Readonly<Record<NotificationKind, KindRule>> = {
  'order-given': {
    ...bound,
    name: label('Lệnh điều phối mới', 'New coordination order'),
    urgent: label('Lệnh có thời hạn và phải được tiếp nhận ngay', 'Orders have a deadline'),
  },
  'order-changed': {
    ...bound,
    name: label('Lệnh được sửa đổi', 'Order changed'),
    urgent: label('Bản mới phải được đọc và trả lời lại', 'The new version is answered anew'),
  },
  'order-reminded': {
    ...bound,
    name: label('Nhắc trả lời lệnh', 'Reminder of an order'),
    urgent: label('Cơ quan giao lệnh đang chờ', 'The issuer is waiting'),
  },
  'order-help': {
    ...ordinary,
    name: label('Đơn vị cần hỗ trợ', 'Addressee needs help'),
    urgent: label('Đơn vị không tự làm được', 'The addressee cannot do it alone'),
  },
  'order-answered': { ...ordinary, name: label('Đơn vị trả lời lệnh', 'Answer to an order') },
  'order-judged': { ...ordinary, name: label('Kết quả được đánh giá', 'Result was judged') },
  'order-withdrawn': { ...bound, name: label('Lệnh bị thu hồi', 'Order withdrawn') },
  'order-overdue': {
    ...bound,
    name: label('Lệnh quá hạn', 'Order overdue'),
    urgent: label('Thời hạn đã qua', 'The deadline has passed'),
  },
  'advisory-told': { ...bound, name: label('Cảnh báo sớm mới', 'New advisory') },
  'warning-told': {
    ...bound,
    name: label('Cảnh báo riêng mới', 'New warning'),
    urgent: label('Đơn vị phải xử lý và trả lời đúng hạn', 'It must be dealt with and answered'),
  },
  'advisory-changed': { ...bound, name: label('Cảnh báo có bản mới', 'Advisory changed') },
  'advisory-cancelled': { ...bound, name: label('Cảnh báo bị hủy', 'Advisory cancelled') },
  'advisory-returned': {
    ...bound,
    name: label('Trả lời cảnh báo bị trả lại', 'Answer to an advisory returned'),
  },
  'advisory-overdue': {
    ...bound,
    name: label('Cảnh báo quá hạn trả lời', 'Advisory not answered in time'),
    urgent: label('Thời hạn đã qua', 'The deadline has passed'),
  },
  'advisory-help': {
    ...ordinary,
    name: label('Đơn vị cần hỗ trợ về cảnh báo', 'Addressee of an advisory needs help'),
    urgent: label('Đơn vị không tự làm được', 'The addressee cannot do it alone'),
  },
  'advisory-review': { ...ordinary, name: label('Cảnh báo chờ duyệt', 'Advisory awaits review') },
  'advisory-reviewed': {
    ...ordinary,
    name: label('Dự thảo cảnh báo đã được xem', 'Draft of an advisory was reviewed'),
  },
  'effort-moved': {
    ...ordinary,
    name: label('Bảng kê khối lượng, hao tổn chuyển bước', 'Effort sheet moved on'),
  },
  'participation-given': {
    ...ordinary,
    name: label('Được mời tham gia xử lý sự cố', 'Made part of an incident'),
    urgent: label('Sự cố đang được xử lý', 'The incident is being handled'),
  },
  'participation-ended': {
    ...ordinary,
    name: label('Thôi tham gia xử lý sự cố', 'No longer part of an incident'),
  },
  'note-mention': { ...ordinary, name: label('Được nhắc tên trong ghi chú', 'Named in a note') },
  'report-received': { ...ordinary, name: label('Đã nhận tin báo', 'Incident report received') },
  'task-assigned': {
    ...bound,
    name: label('Được giao việc', 'Task assigned'),
    urgent: label('Việc ứng cứu có thời hạn', 'Tasks of a response have a deadline'),
  },
  'task-answered': {
    ...ordinary,
    name: label('Việc xong hoặc bị trả lại', 'Task done or returned'),
  },
  'shift-roster': { ...ordinary, name: label('Có lịch trực mới', 'New duty roster') },
  'shift-changed': { ...ordinary, name: label('Ca trực của mình thay đổi', 'One’s shift changed') },
  'shift-swap-asked': { ...ordinary, name: label('Được đề nghị đổi ca', 'Asked to swap a shift') },
  'shift-swap-decided': {
    ...ordinary,
    name: label('Đề nghị đổi ca được trả lời', 'Swap of a shift was answered'),
  },
  'clusters-unacknowledged': {
    ...ordinary,
    name: label('Cảnh báo chưa ai nhận', 'Alerts nobody acknowledged'),
    urgent: label('Không ai đang xử lý', 'Nobody works on them'),
  },
  'deadline-near': { ...bound, name: label('Sắp đến hạn', 'Deadline is near') },
  'deadline-passed': {
    ...bound,
    name: label('Quá hạn', 'Deadline passed'),
    urgent: label('Thời hạn đã qua', 'The deadline has passed'),
  },
  'deadline-unreckoned': {
    ...ordinary,
    name: label('Không tính được hạn', 'Deadline cannot be reckoned'),
  },
  'approval-asked': { ...ordinary, name: label('Đề nghị chờ duyệt', 'Request to approve') },
  'approval-decided': {
    ...ordinary,
    name: label('Đề nghị được quyết định', 'Request was decided'),
  },
  'station-silent': {
    ...ordinary,
    name: label('Trạm mất liên lạc', 'Station silent'),
    urgent: label(
      'Không giám sát được trong lúc mất liên lạc',
      'Nothing is watched while it is silent',
    ),
  },
  'station-returned': { ...ordinary, name: label('Trạm liên lạc lại', 'Station returned') },
  invitation: {
    ...link,
    name: label('Lời mời tạo tài khoản', 'Invitation'),
    urgent: label('Liên kết có hạn', 'The link expires'),
  },
  recovery: {
    ...link,
    name: label('Liên kết khôi phục tài khoản', 'Recovery link'),
    urgent: label('Liên kết có hạn', 'The link expires'),
  },
  'contact-verification': {
    ...link,
    name: label('Xác nhận đầu mối', 'Contact verification'),
  },
  'delivery-failed': {
    ...ordinary,
    name: label('Thư không gửi được', 'Mail not delivered'),
  },
  'mail-answered': { ...ordinary, name: label('Có thư trả lời', 'Answer by mail') },
}

export const notificationKindLabels = Object.fromEntries(
  Object.entries(kindRules).map(([kind, { name }]) => [kind, name]),
) as Record<NotificationKind, Label>

/** Whether somebody may do without mails of a kind: not of those with a one-time link, nor of what is urgent. */
export function mayBeMuted(kind: NotificationKind): boolean {
  return kindRules[kind].optional && kindRules[kind].urgent === undefined
}
