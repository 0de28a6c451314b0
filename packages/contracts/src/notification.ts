import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { type Label, label } from './label.ts'
import { NotificationKind } from './notification-kind.ts'
import { Tlp } from './tlp.ts'

/** Something somebody is told, as the portal shows it. */
export const Notification = z.object({
  id: idOf('notification'),
  kind: NotificationKind,
  object_id: z.string().describe('what it is about'),
  title: z.string(),
  text: z.string().describe('paragraphs, a line each'),
  path: z.string().describe('page of the portal that shows the object; empty: none'),
  urgent: z.boolean(),
  tlp: Tlp,
  created_at: Instant,
  read_at: Instant.nullable(),
})
export type Notification = z.infer<typeof Notification>

/** sent: the mail server took it. */
export const DeliveryState = z.enum(['queued', 'sent', 'failed', 'suppressed'])
export type DeliveryState = z.infer<typeof DeliveryState>

/** Why something was not, or not yet, delivered; `refused` has the words of the mail server beside it. */
export const DeliveryCause = z.enum([
  '',
  'mail-off',
  'no-address',
  'preference',
  'read',
  'too-many',
  'unreachable',
  'refused',
  'too-old',
  'bounced',
])
export type DeliveryCause = z.infer<typeof DeliveryCause>

/** How a mail went out; link-only: it says that there is something to read, and where. */
export const DeliveryProtection = z.enum(['', 'clear', 'encrypted', 'link-only'])
export type DeliveryProtection = z.infer<typeof DeliveryProtection>

/** One notification on its way to one address. */
export const Delivery = z.object({
  id: idOf('delivery'),
  notification_id: idOf('notification'),
  kind: NotificationKind,
  object_id: z.string(),
  title: z.string(),
  organisation_id: idOf('organisation').describe('who is told'),
  organisation_name: z.string(),
  recipient_name: z.string(),
  address: z.string(),
  state: DeliveryState,
  cause: DeliveryCause,
  answer: z.string().describe('what a mail server said last'),
  protection: DeliveryProtection.describe('empty while it is not sent'),
  key_fingerprint: z.string().describe('of the OpenPGP key it was encrypted to; empty: none'),
  attempts: z.int(),
  due_at: Instant.describe('next attempt, while it is queued'),
  created_at: Instant,
  sent_at: Instant.nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const deliveryLabels = {
  deliveryState: {
    queued: label('Đang chờ gửi', 'Queued'),
    sent: label('Đã gửi', 'Sent'),
    failed: label('Không gửi được', 'Failed'),
    suppressed: label('Không gửi', 'Not sent'),
  } satisfies Record<DeliveryState, Label>,
  deliveryCause: {
    '': label('', ''),
    'mail-off': label('Nút chưa cấu hình máy chủ thư', 'This node has no mail server'),
    'no-address': label('Không có địa chỉ thư', 'No e-mail address'),
    preference: label('Người nhận đã tắt thư loại này', 'The recipient wants no mail of this kind'),
    read: label('Người nhận đã đọc trong cổng', 'The recipient read it in the portal'),
    'too-many': label(
      'Quá nhiều thư đang chờ cho địa chỉ này',
      'Too many mails wait for this address',
    ),
    unreachable: label('Không kết nối được máy chủ thư', 'The mail server cannot be reached'),
    refused: label('Máy chủ thư từ chối', 'The mail server refused it'),
    'too-old': label('Hết thời gian thử lại', 'Tried for too long'),
    bounced: label('Thư bị trả lại', 'It came back'),
  } satisfies Record<DeliveryCause, Label>,
  deliveryProtection: {
    '': label('', ''),
    clear: label('Không mã hóa', 'Not encrypted'),
    encrypted: label('Mã hóa OpenPGP', 'OpenPGP encrypted'),
    'link-only': label('Chỉ liên kết', 'Link only'),
  } satisfies Record<DeliveryProtection, Label>,
}
