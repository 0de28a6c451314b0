import { label } from './label.ts'

/** The words for values of the register of information systems. */
export const systemLabels = {
  levelApproval: {
    drafting: label('Đang dự thảo', 'Being drafted'),
    submitted: label('Đã gửi thẩm định', 'Submitted for appraisal'),
    appraised: label('Đã thẩm định', 'Appraised'),
    approved: label('Đã được phê duyệt', 'Approved'),
  },
  importance: {
    nationally_important: label('Quan trọng quốc gia', 'Nationally important'),
    national_database: label('Cơ sở dữ liệu quốc gia', 'National database'),
    priority_sector: label('Lĩnh vực ưu tiên', 'Priority sector'),
  },
  monitoringWay: {
    direct: label('Giám sát trực tiếp', 'Direct monitoring'),
    indirect: label('Giám sát gián tiếp', 'Indirect monitoring'),
  },
  monitoringStage: {
    none: label('Chưa bắt đầu', 'Not begun'),
    surveyed: label('Đã khảo sát', 'Surveyed'),
    ready: label('Đủ điều kiện', 'Conditions met'),
    approved: label('Đã phê duyệt', 'Approved'),
    deployed: label('Đã triển khai', 'Deployed'),
  },
  rangeKind: {
    network: label('Mạng', 'Network'),
    domain: label('Tên miền', 'Domain'),
    url: label('URL', 'URL'),
    asn: label('Hệ tự trị (ASN)', 'Autonomous system'),
  },
} as const
