import { type Label, label } from './label.ts'
import type {
  MailEncryption,
  MailSignature,
  ReceivedMailKind,
  ReceivedMailState,
} from './received-mail.ts'

/** Words for what is said of mails received. */
export const receivedMailLabels = {
  receivedMailKind: {
    message: label('Thư', 'Mail'),
    automatic: label('Thư tự động', 'Automatic mail'),
    bounce: label('Thư bị trả lại', 'Returned mail'),
    loop: label('Thư lặp vòng', 'Mail loop'),
    flood: label('Gửi quá nhiều', 'Too many from one sender'),
    'too-large': label('Quá lớn, chỉ đọc phần đầu', 'Too large, only its headers were read'),
    unreadable: label('Không đọc được', 'Unreadable'),
  } satisfies Record<ReceivedMailKind, Label>,
  receivedMailState: {
    unfiled: label('Chưa xếp', 'Unfiled'),
    filed: label('Đã xếp', 'Filed'),
    dismissed: label('Bỏ qua', 'Dismissed'),
  } satisfies Record<ReceivedMailState, Label>,
  mailEncryption: {
    none: label('Không mã hóa', 'Not encrypted'),
    opened: label('Mã hóa, đã giải mã', 'Encrypted, opened'),
    closed: label('Mã hóa cho khóa khác, không đọc được', 'Encrypted to another key, not readable'),
  } satisfies Record<MailEncryption, Label>,
  mailSignature: {
    none: label('Không ký', 'Not signed'),
    valid: label('Hợp lệ, bằng khóa đã biết của người gửi', 'Valid, by a known key of the sender'),
    unknown: label(
      'Khóa chưa biết, hoặc người gửi chưa xác nhận',
      'By a key that is unknown, or that the sender has not confirmed',
    ),
    expired: label('Khóa đã hết hạn hoặc thu hồi', 'By a key that expired or was revoked'),
    bad: label(
      'Sai: nội dung đã bị sửa hoặc thêm vào',
      'Wrong: the content was altered or added to',
    ),
  } satisfies Record<MailSignature, Label>,
}
