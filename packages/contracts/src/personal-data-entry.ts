import { type Label, label } from './label.ts'

/** One processing of personal data: what of whom, why, on what ground, who sees it, how it ends, where it stands. */
export interface PersonalDataEntry {
  readonly id: string
  readonly data: Label
  readonly subjects: Label
  readonly purpose: Label
  readonly basis: Label
  readonly readers: Label
  readonly kept: Label
  /** `schema.table.column`; a trailing `*` stands for the rest of a name. */
  readonly columns: readonly string[]
}

/** Clauses of Law 91/2025/QH15 on the ground of each processing must still be confirmed by the operator's counsel. */
export const security = label(
  'Nhiệm vụ giám sát và ứng cứu sự cố (QĐ 1017/QĐ-TTg); Luật 91/2025/QH15, điều khoản cần bộ phận pháp chế xác nhận',
  'Duty of monitoring and incident response (Decision 1017/QĐ-TTg); Law 91/2025/QH15, clause to be confirmed by counsel',
)
export const agreement = label(
  'Thỏa thuận thành viên giữa cơ quan vận hành và tổ chức; Luật 91/2025/QH15, điều khoản cần xác nhận',
  'Membership agreement of operator and organisation; Law 91/2025/QH15, clause to be confirmed',
)
export const nodeOnly = label(
  'Chỉ nút; không vai trò nào đọc được',
  'The node alone; no role reads it',
)
export const withAccount = label(
  'Đến khi xóa theo yêu cầu, hoặc hết thời hạn của tài khoản đã khóa (Quản trị → Dữ liệu cá nhân)',
  'Until removed on request, or the period of disabled accounts is over (Administration → Personal data)',
)
export const withObject = label(
  'Cùng với hồ sơ mà nó thuộc về; hiện chưa có thời hạn tự động',
  'As long as the record it belongs to; no period ends it by itself yet',
)
