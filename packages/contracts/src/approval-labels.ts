import type { ApprovalFact, ApprovalKind, ApprovalMode, ApprovalState } from './approval.ts'
import { type Label, label } from './label.ts'

/** Words about acts that need a second person. */
export const approvalLabels = {
  approvalKind: {
    'rule-set.publish': label('Phát hành bộ luật', 'Publish a rule set'),
    'rule-set.roll-out': label('Phát bộ luật tới một vòng', 'Roll a rule set out'),
    'order.issue': label('Giao lệnh cho nhiều đơn vị', 'Issue an order to many'),
    'journal.export': label('Xuất nhật ký', 'Export the journal'),
    'organisation.export': label('Xuất danh sách tổ chức', 'Export organisations'),
    'system.export': label('Xuất danh mục hệ thống thông tin', 'Export information systems'),
    'expert.export': label('Xuất danh sách chuyên gia', 'Export the roster of experts'),
    'approval-policy.change': label('Nới lỏng quy định phê duyệt', 'Weaken the approval policy'),
  } satisfies Record<ApprovalKind, Label>,
  approvalMode: {
    always: label('Luôn cần', 'Always'),
    when_possible: label(
      'Cần khi có người thứ hai đủ quyền',
      'As soon as somebody else could approve',
    ),
    never: label('Không cần', 'Not required'),
  } satisfies Record<ApprovalMode, Label>,
  approvalState: {
    open: label('Chờ quyết định', 'Open'),
    approved: label('Đã duyệt, chưa dùng', 'Approved, not yet used'),
    done: label('Đã thực hiện', 'Carried out'),
    refused: label('Đã từ chối', 'Refused'),
    withdrawn: label('Đã rút', 'Withdrawn'),
    expired: label('Hết hạn', 'Expired'),
  } satisfies Record<ApprovalState, Label>,
  approvalFact: {
    version: label('Số', 'Number'),
    note: label('Ghi chú', 'Note'),
    rules: label('Số luật', 'Rules'),
    tunings: label('Số tinh chỉnh', 'Tunings'),
    added: label('Thêm', 'Added'),
    removed: label('Bỏ', 'Removed'),
    changed: label('Sửa', 'Changed'),
    hash: label('Mã băm nội dung', 'Hash of the content'),
    ring: label('Vòng', 'Ring'),
    title: label('Tên', 'Title'),
    order_kind: label('Loại', 'Kind'),
    urgency: label('Độ khẩn', 'Urgency'),
    addressees: label('Nơi nhận', 'Addressees'),
    actions: label('Yêu cầu', 'Required actions'),
    due: label('Hạn báo cáo', 'Report due'),
    format: label('Định dạng', 'Format'),
    filter: label('Bộ lọc', 'Filter'),
    rows: label('Số dòng', 'Rows'),
    policy: label('Thay đổi', 'Changes'),
  } satisfies Record<ApprovalFact['name'], Label>,
}
