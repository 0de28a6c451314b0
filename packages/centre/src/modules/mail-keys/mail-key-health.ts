import { millisecondsOf } from '@haidang/contracts/instant'
import { type HealthFinding, healthy } from '@haidang/runtime/health'
import type { MailKeyRow } from './mail-key-tables.ts'

const warnedMilliseconds = 30 * 86_400_000

const remedy = {
  vi: 'Đổi khóa ở Quản trị → Kênh thông báo và báo khóa mới cho các đầu mối',
  en: 'Replace the key under Administration → Notification channels and tell contact points of it',
}

/** Whether the key that signs what leaves encrypted does so, and will in a month; a node without one needs none. */
export function mailKeyHealth(
  row: Pick<MailKeyRow, 'expires_at'> | undefined,
  now: number,
  canSign: boolean,
): HealthFinding {
  if (!row) return healthy('Nút không có khóa OpenPGP', 'The node has no OpenPGP key')
  const day = row.expires_at.slice(0, 10)
  const left = millisecondsOf(row.expires_at) - now
  if (left <= 0) {
    return {
      state: 'warn',
      cause: {
        vi: `Khóa OpenPGP của nút hết hạn từ ${day}: thư mã hóa gửi đi không còn được ký`,
        en: `The OpenPGP key of the node is over since ${day}: encrypted mails leave unsigned`,
      },
      remedy,
    }
  }
  if (!canSign) {
    return {
      state: 'warn',
      cause: {
        vi: 'Không mở được khóa OpenPGP của nút: thư mã hóa gửi đi không được ký',
        en: 'The OpenPGP key of the node cannot be opened: encrypted mails leave unsigned',
      },
      remedy: {
        vi: `Khôi phục keys/mail-keys.key trong thư mục dữ liệu; không còn thì: ${remedy.vi}`,
        en: `Restore keys/mail-keys.key in the data directory; where it is gone: ${remedy.en}`,
      },
    }
  }
  if (left < warnedMilliseconds) {
    return {
      state: 'warn',
      cause: {
        vi: `Khóa OpenPGP của nút hết hạn ngày ${day}`,
        en: `The OpenPGP key of the node ends on ${day}`,
      },
      remedy,
    }
  }
  return healthy(
    `Khóa OpenPGP của nút còn hạn đến ${day}`,
    `The OpenPGP key of the node is valid until ${day}`,
  )
}
