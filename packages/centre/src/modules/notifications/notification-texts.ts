import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import { advisoryTexts } from '../../tidings/advisory-texts.ts'
import { effortTexts } from '../../tidings/effort-texts.ts'
import { incidentTexts } from '../../tidings/incident-texts.ts'
import { orderTexts } from '../../tidings/order-texts.ts'
import { reportTexts } from '../../tidings/report-texts.ts'
import { shiftTexts } from '../../tidings/shift-texts.ts'
import { taskTexts } from '../../tidings/task-texts.ts'
import { unacknowledgedTexts } from '../../tidings/unacknowledged-texts.ts'
import type { Wordings } from '../../tidings/wording.ts'

/** What stands in a text for `{name}`. */
export type Facts = Readonly<Record<string, string>>

/** What each kind says. The same facts stand in both languages; a test compares. */
export const notificationTexts: Wordings<NotificationKind> = {
  ...orderTexts,
  ...advisoryTexts,
  ...effortTexts,
  ...shiftTexts,
  ...unacknowledgedTexts,
  ...taskTexts,
  ...incidentTexts,
  ...reportTexts,
  'deadline-near': {
    vi: {
      title: 'Sắp đến hạn: {deadline}',
      lines: ['{organisation} phải xong trước {due}.', '{step}.'],
      act: 'Xem các hạn',
    },
    en: {
      title: 'Due soon: {deadline}',
      lines: ['{organisation} must be done before {due}.', '{step}.'],
      act: 'Open the deadlines',
    },
  },
  'deadline-passed': {
    vi: {
      title: 'Quá hạn: {deadline}',
      lines: ['{organisation} chưa hoàn thành. Hạn: {due}.', '{step}.'],
      act: 'Xem các hạn',
    },
    en: {
      title: 'Overdue: {deadline}',
      lines: ['{organisation} is not done. It was due {due}.', '{step}.'],
      act: 'Open the deadlines',
    },
  },
  'deadline-unreckoned': {
    vi: {
      title: 'Không tính được hạn: {deadline}',
      lines: ['Chưa có lịch làm việc của năm {year}. Bổ sung ở Quản trị → Thiết lập.'],
      act: 'Xem các hạn',
    },
    en: {
      title: 'Cannot be reckoned: {deadline}',
      lines: ['No calendar of {year} is written. Add it in Administration → Settings.'],
      act: 'Open the deadlines',
    },
  },
  'approval-asked': {
    vi: {
      title: 'Chờ duyệt: {act}',
      lines: ['{who} đề nghị: {act}.', 'Lý do: {reason}.'],
      act: 'Xem và quyết định',
    },
    en: {
      title: 'Waits for approval: {act}',
      lines: ['{who} asks: {act}.', 'Reason: {reason}.'],
      act: 'Read and decide',
    },
  },
  'approval-decided': {
    vi: {
      title: '{act}: {state}',
      lines: ['Đề nghị “{act}” của bạn: {state}.'],
      act: 'Xem đề nghị',
    },
    en: { title: '{act}: {state}', lines: ['Your request “{act}”: {state}.'], act: 'Open it' },
  },
  'station-silent': {
    vi: {
      title: 'Trạm {station} mất liên lạc',
      lines: ['Không nhận được nhịp báo của trạm {station} ({organisation}).'],
      act: 'Xem trạm',
    },
    en: {
      title: 'Station {station} is silent',
      lines: ['No heartbeat comes from station {station} ({organisation}).'],
      act: 'Open the station',
    },
  },
  'station-returned': {
    vi: {
      title: 'Trạm {station} đã liên lạc lại',
      lines: ['Trạm {station} ({organisation}) lại gửi nhịp báo.'],
      act: 'Xem trạm',
    },
    en: {
      title: 'Station {station} is back',
      lines: ['Station {station} ({organisation}) sends heartbeats again.'],
      act: 'Open the station',
    },
  },
  invitation: {
    vi: {
      title: 'Lời mời dùng Hải Đăng tại {organisation}',
      lines: [
        '{who} mời bạn tạo tài khoản của {organisation}.',
        'Liên kết dùng một lần, đến {until}. Nếu không chờ lời mời này, bạn hãy bỏ qua thư.',
      ],
      act: 'Tạo tài khoản',
    },
    en: {
      title: 'Invitation to Hải Đăng at {organisation}',
      lines: [
        '{who} invites you to make an account of {organisation}.',
        'The link works once, until {until}. If you expected no invitation, ignore this mail.',
      ],
      act: 'Make the account',
    },
  },
  recovery: {
    vi: {
      title: 'Khôi phục tài khoản Hải Đăng',
      lines: [
        '{who} cấp liên kết để bạn đặt mật khẩu mới.',
        'Liên kết dùng một lần, đến {until}. Nếu bạn không yêu cầu, hãy báo ngay cho {who}.',
      ],
      act: 'Đặt mật khẩu mới',
    },
    en: {
      title: 'Recovery of your Hải Đăng account',
      lines: [
        '{who} issued a link by which you set a new password.',
        'The link works once, until {until}. If you asked for none, tell {who} at once.',
      ],
      act: 'Set a new password',
    },
  },
  'contact-verification': {
    vi: {
      title: 'Xác nhận đầu mối của {organisation}',
      lines: [
        '{who} đề nghị bạn xác nhận thông tin liên lạc của mình tại {organisation}.',
        'Liên kết dùng một lần, đến {until}.',
      ],
      act: 'Xem và xác nhận',
    },
    en: {
      title: 'Confirm the contact point of {organisation}',
      lines: [
        '{who} asks you to confirm how you are reached at {organisation}.',
        'The link works once, until {until}.',
      ],
      act: 'Read and confirm',
    },
  },
  'delivery-failed': {
    vi: {
      title: 'Không gửi được thư tới {recipient}',
      lines: ['Thư “{title}” tới {address} không gửi được: {cause}.'],
      act: 'Xem kết quả gửi',
    },
    en: {
      title: 'Mail to {recipient} was not delivered',
      lines: ['The mail “{title}” to {address} was not delivered: {cause}.'],
      act: 'Open deliveries',
    },
  },
  'mail-answered': {
    vi: {
      title: '{from} trả lời thư “{title}”',
      lines: [
        'Chủ đề: {subject}.',
        'Người gửi là theo lời thư, chưa được xác minh. Trả lời qua thư không thay bước trả lời trong cổng.',
      ],
      act: 'Đọc thư',
    },
    en: {
      title: '{from} answered the mail “{title}”',
      lines: [
        'Subject: {subject}.',
        'Who sent it is what the mail says, not proven. A mail does not replace an answer in the portal.',
      ],
      act: 'Read the mail',
    },
  },
}

/** The wording with its facts put in; what they contain stays one line. Throws an Error where a fact is missing. */
export function worded(kind: NotificationKind, language: Language, facts: Facts) {
  const { title, lines } = notificationTexts[kind][language]
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const fact = facts[name]
      if (fact === undefined) throw new Error(`${kind} is told without ${name}`)
      return oneLine(fact)
    })
  return { title: fill(title), lines: lines.map(fill) }
}

/** What the link in a mail of this kind says. */
export function actOf(kind: NotificationKind, language: Language): string {
  return notificationTexts[kind][language].act
}

/** A line break would be a header of its own in a mail; turning characters hide what is read. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu, ' ').trim()
}
