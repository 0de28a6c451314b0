import { label } from './label.ts'

/** Words of advisories and warnings. */
export const advisoryLabels = {
  advisoryKind: {
    advisory: label('Cảnh báo sớm', 'Advisory'),
    warning: label('Cảnh báo riêng', 'Warning'),
  },
  advisoryStage: {
    draft: label('Đang soạn', 'Being written'),
    review: label('Chờ duyệt', 'Awaiting review'),
    approved: label('Đã duyệt', 'Approved'),
  },
  advisoryState: {
    published: label('Đang hiệu lực', 'In force'),
    cancelled: label('Đã hủy', 'Cancelled'),
  },
  advisoryStep: {
    issued: label('Chưa gửi', 'Not sent yet'),
    delivered: label('Đã nhận', 'Delivered'),
    read: label('Đã đọc', 'Read'),
    assessed: label('Đã đánh giá', 'Assessed'),
    remediated: label('Đã khắc phục', 'Remediated'),
    verified: label('Đã kiểm tra lại', 'Re-checked'),
    returned: label('Trả lại', 'Returned'),
  },
  assessment: {
    affected: label('Bị ảnh hưởng', 'Affected'),
    need_help: label('Cần hỗ trợ', 'Need help'),
    not_affected: label('Không bị ảnh hưởng', 'Not affected'),
    mitigated: label('Đã giảm thiểu', 'Mitigated'),
    patched: label('Đã vá', 'Patched'),
  },
  remediationKind: {
    vendor_fix: label('Bản vá của hãng', 'Vendor fix'),
    mitigation: label('Giảm thiểu', 'Mitigation'),
    workaround: label('Cách tránh', 'Workaround'),
    no_fix_planned: label('Hãng không vá', 'No fix planned'),
    none_available: label('Chưa có cách khắc phục', 'None available'),
  },
} as const
