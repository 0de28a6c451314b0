import type { AudienceKind, AudienceReason } from '@haidang/contracts/audience'
import type { Tlp } from '@haidang/contracts/tlp'
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Whom each level tells, in a sentence. */
export const tlpRules: Record<Tlp, MessageDescriptor> = {
  clear: msg`Mọi tổ chức của nút này thấy.`,
  green: msg`Thành viên đang hoạt động của mạng lưới thấy, cùng nơi được nêu tên.`,
  amber: msg`Chỉ tổ chức và nhóm chia sẻ được nêu tên thấy.`,
  'amber+strict': msg`Chỉ từng tổ chức được nêu tên thấy; nhóm không tính.`,
  red: msg`Chỉ những người được nêu tên thấy.`,
}

export const reasonWords: Record<Exclude<AudienceReason, 'party' | 'group'>, MessageDescriptor> = {
  owner: msg`chủ sở hữu`,
  named: msg`được nêu tên`,
  member: msg`thành viên mạng lưới`,
  clear: msg`mọi tổ chức`,
}

/** What taking part means for each kind. */
export const partyWords: Record<AudienceKind, MessageDescriptor> = {
  incident: msg`tham gia xử lý`,
  order: msg`nơi nhận`,
  system: msg`đơn vị vận hành`,
}

export const gapWords = {
  'tlp-names-people': msg`không thấy: TLP:RED chỉ dành cho từng người được nêu tên`,
  'tlp-names-organisations': msg`không thấy: TLP:AMBER+STRICT chỉ dành cho từng tổ chức được nêu tên`,
  'group-empty': msg`chưa có thành viên đang hoạt động nào`,
  'account-disabled': msg`tài khoản đã khóa`,
} as const
