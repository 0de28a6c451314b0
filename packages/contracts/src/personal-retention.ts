import { z } from 'zod'
import { durationMilliseconds, longestDuration, longestOf } from './duration.ts'
import { Instant } from './instant.ts'
import { type Label, label } from './label.ts'

/** Records about people that end by themselves; what each is stands in the register of personal data. */
export const PersonalClass = z.enum([
  'sessions',
  'sign-in-failures',
  'invitations',
  'recovery-links',
  'proofs',
  'contact-links',
  'overdue-contacts',
  'disabled-accounts',
])
export type PersonalClass = z.infer<typeof PersonalClass>

interface PersonalClassWords {
  readonly name: Label
  /** What the period counts from. */
  readonly from: Label
  /** What becomes of it. */
  readonly end: Label
}
const removed = label('Xóa', 'Removed')

export const personalClasses: Readonly<Record<PersonalClass, PersonalClassWords>> = {
  sessions: {
    name: label('Phiên đã kết thúc (địa chỉ, trình duyệt)', 'Ended sessions (address, browser)'),
    from: label('Hết hạn phiên', 'End of the session'),
    end: removed,
  },
  'sign-in-failures': {
    name: label('Lần đăng nhập bị từ chối', 'Refused sign-ins'),
    from: label('Lần thử hoặc khóa cuối', 'Last attempt or end of its lock'),
    end: removed,
  },
  invitations: {
    name: label('Lời mời đã dùng, thu hồi, hết hạn', 'Invitations used, revoked or expired'),
    from: label('Dùng, thu hồi hoặc hết hạn', 'Use, revocation or expiry'),
    end: removed,
  },
  'recovery-links': {
    name: label('Liên kết khôi phục', 'Recovery links'),
    from: label('Hết hạn', 'Expiry'),
    end: removed,
  },
  proofs: {
    name: label('Bằng chứng đăng nhập dở dang', 'Proofs of signing in'),
    from: label('Hết hạn', 'Expiry'),
    end: removed,
  },
  'contact-links': {
    name: label('Liên kết xác nhận đầu mối', 'Links that confirm contacts'),
    from: label('Hết hạn', 'Expiry'),
    end: label('Bỏ liên kết, giữ đầu mối', 'Link removed, contact stays'),
  },
  'overdue-contacts': {
    name: label('Đầu mối quá hạn xác nhận', 'Contacts not confirmed in time'),
    from: label('Hạn xác nhận', 'When confirmation was due'),
    end: removed,
  },
  'disabled-accounts': {
    name: label('Dữ liệu của tài khoản đã khóa', 'Personal data of disabled accounts'),
    from: label('Thay đổi cuối của tài khoản', 'Last change of the account'),
    end: label('Thay bằng bí danh cố định', 'Replaced by a stable pseudonym'),
  },
}

const day = durationMilliseconds('P1D')
const Period = z.string().refine(
  (text) => {
    const longest = longestOf(text)
    return longest !== undefined && longest >= day && longest <= longestDuration
  },
  { error: 'an ISO 8601 duration from P1D to P10Y' },
)

export const PersonalRule = z.strictObject({
  class: PersonalClass,
  period: Period.describe('ISO 8601: days, months or years, as P90D, P6M, P2Y'),
  clause: z.string().trim().max(300).describe('the law or decision that asks for it'),
})
export type PersonalRule = z.infer<typeof PersonalRule>

export const PersonalRules = z
  .array(PersonalRule)
  .length(PersonalClass.options.length)
  .refine((rules) => new Set(rules.map((rule) => rule.class)).size === rules.length, {
    error: 'every class once',
  })

const toConfirm = 'Luật 91/2025/QH15 (điều khoản cần bộ phận pháp chế xác nhận)'
const periods: Readonly<Record<PersonalClass, string>> = {
  sessions: 'P7D',
  'sign-in-failures': 'P1D',
  invitations: 'P90D',
  'recovery-links': 'P7D',
  proofs: 'P1D',
  'contact-links': 'P30D',
  'overdue-contacts': 'P730D',
  'disabled-accounts': 'P730D',
}

/** What holds until somebody decides otherwise. */
export const shippedPersonalRules: readonly PersonalRule[] = PersonalClass.options.map((name) => ({
  class: name,
  period: periods[name],
  clause: toConfirm,
}))

/** A dated version of the policy; 0: the shipped one. */
export const PersonalRetention = z.object({
  version: z.int(),
  rules: z.array(PersonalRule),
  reason: z.string(),
  changed_by: z.string(),
  changed_at: Instant.nullable(),
})
export type PersonalRetention = z.infer<typeof PersonalRetention>

/** What there is of a class, and what of it is beyond its period. */
export const PersonalHolding = z.object({
  class: PersonalClass,
  rows: z.int(),
  oldest: Instant.nullable(),
  due: z.int().describe('rows beyond the period'),
})
export type PersonalHolding = z.infer<typeof PersonalHolding>

/** Why what is not in a period stays. */
export const journalStays = label(
  'Nhật ký không bao giờ bị xóa hay sửa: mỗi mục nằm trong chuỗi băm, bỏ một mục là mất bằng chứng của mọi mục sau.',
  'The journal is never changed or removed: its entries are hashed into a chain; without one, those after it prove nothing.',
)
