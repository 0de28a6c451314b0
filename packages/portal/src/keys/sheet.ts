import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

interface Binding {
  readonly keys: string
  readonly group: 'everywhere' | 'list' | 'triage' | 'order'
  readonly label: MessageDescriptor
}

/** Every key of the portal: what `?` shows is what the pages bind to, by name. Runs of keys are written with a space. */
export const sheet = {
  palette: { keys: 'Ctrl+k', group: 'everywhere', label: msg`Tìm trang, việc hoặc mã định danh` },
  search: { keys: '/', group: 'everywhere', label: msg`Tới ô lọc` },
  help: { keys: '?', group: 'everywhere', label: msg`Bảng phím này` },
  undo: { keys: 'u', group: 'everywhere', label: msg`Hoàn tác việc vừa làm` },
  'go-overview': { keys: 'g h', group: 'everywhere', label: msg`Tới Tình hình` },
  'go-work': { keys: 'g v', group: 'everywhere', label: msg`Tới Việc của tôi` },
  'go-alerts': { keys: 'g t', group: 'everywhere', label: msg`Tới Cảnh báo` },
  'go-events': { keys: 'g x', group: 'everywhere', label: msg`Tới Tra cứu` },
  'go-incidents': { keys: 'g i', group: 'everywhere', label: msg`Tới Sự cố` },
  'go-orders': { keys: 'g o', group: 'everywhere', label: msg`Tới Lệnh điều phối` },
  'go-advisories': { keys: 'g w', group: 'everywhere', label: msg`Tới Cảnh báo sớm` },
  'go-stations': { keys: 'g s', group: 'everywhere', label: msg`Tới Trạm` },
  'previous-span': { keys: '[', group: 'list', label: msg`Khoảng ngày trước` },
  'next-span': { keys: ']', group: 'list', label: msg`Khoảng ngày sau` },
  down: { keys: 'j', group: 'list', label: msg`Xuống một dòng` },
  up: { keys: 'k', group: 'list', label: msg`Lên một dòng` },
  open: { keys: 'Enter', group: 'list', label: msg`Mở trang của dòng` },
  peek: { keys: 'Space', group: 'list', label: msg`Xem nhanh` },
  select: { keys: 'x', group: 'list', label: msg`Chọn hoặc bỏ chọn` },
  'select-range': { keys: 'Shift+x', group: 'list', label: msg`Chọn cả đoạn từ lần chọn trước` },
  'select-all': { keys: 'Shift+a', group: 'list', label: msg`Chọn tất cả dòng đang hiện` },
  'select-alike': {
    keys: 'Shift+l',
    group: 'list',
    label: msg`Chọn mọi dòng đang hiện giống dòng này`,
  },
  escape: { keys: 'Escape', group: 'list', label: msg`Đóng xem nhanh, bỏ chọn` },
  acknowledge: { keys: 'e', group: 'triage', label: msg`Nhận` },
  'assign-me': { keys: 'i', group: 'triage', label: msg`Giao cho tôi` },
  assign: { keys: 'a', group: 'triage', label: msg`Giao cho người khác` },
  severity: { keys: 's', group: 'triage', label: msg`Đổi mức độ` },
  snooze: { keys: 'z', group: 'triage', label: msg`Tạm ẩn` },
  merge: { keys: 'm', group: 'triage', label: msg`Gộp các dòng đã chọn` },
  create: { keys: 'c', group: 'triage', label: msg`Lập sự cố, lập lệnh` },
  attach: { keys: 'b', group: 'triage', label: msg`Gắn tin báo vào sự cố` },
  'ask-back': { keys: 'q', group: 'triage', label: msg`Hỏi lại người báo` },
  close: { keys: 'd', group: 'triage', label: msg`Đóng kèm lý do` },
  primary: { keys: 'p', group: 'order', label: msg`Việc chính của trang` },
} as const satisfies Record<string, Binding>

export type KeyName = keyof typeof sheet

/** How a binding is printed on a button or in the sheet. */
export function printed(name: KeyName): string {
  return sheet[name].keys
    .replace('Escape', 'Esc')
    .replace('Ctrl+k', 'Ctrl K')
    .replace('Shift+', 'Shift ')
}
