import type { Language } from './person.ts'

type Label = Readonly<Record<Language, string>>
const label = (vi: string, en: string): Label => ({ vi, en })

/** The words for values of the domain, one table for screen, export and document. Words of the decisions and GLOSSARY.md. */
export const labels = {
  severity: {
    critical: label('Nghiêm trọng', 'Critical'),
    high: label('Cao', 'High'),
    medium: label('Trung bình', 'Medium'),
    low: label('Thấp', 'Low'),
    informational: label('Thông tin', 'Informational'),
  },
  clusterState: {
    new: label('Mới', 'New'),
    acknowledged: label('Đã nhận', 'Acknowledged'),
    snoozed: label('Tạm ẩn', 'Snoozed'),
    escalated: label('Đã lập sự cố', 'Escalated'),
    closed: label('Đã đóng', 'Closed'),
  },
  closeReason: {
    true_positive: label('Tấn công thật', 'True positive'),
    benign: label('Hoạt động hợp lệ', 'Benign'),
    false_positive: label('Báo động sai', 'False positive'),
    duplicate: label('Trùng lặp', 'Duplicate'),
  },
  detector: {
    sigma: label('Luật Sigma', 'Sigma rule'),
    indicator: label('Dấu hiệu nhận biết', 'Indicator'),
    sensor: label('Thiết bị quan trắc', 'Sensor'),
    behaviour: label('Hành vi', 'Behaviour'),
    correlation: label('Tương quan', 'Correlation'),
  },
  libraryRuleStatus: {
    draft: label('Bản thảo', 'Draft'),
    in_review: label('Chờ duyệt', 'In review'),
    approved: label('Đã duyệt', 'Approved'),
    published: label('Đã phát hành', 'Published'),
    withdrawn: label('Đã rút', 'Withdrawn'),
  },
  ring: {
    canary: label('Thử nghiệm', 'Canary'),
    early: label('Sớm', 'Early'),
    general: label('Toàn mạng', 'General'),
  },
  driftState: {
    none: label('Chưa giao', 'None assigned'),
    sent: label('Đã gửi', 'Sent'),
    in_force: label('Đang hiệu lực', 'In force'),
    refused: label('Bị từ chối', 'Refused'),
    drifted: label('Sai lệch', 'Drifted'),
  },
  incidentState: {
    open: label('Mới mở', 'Open'),
    verified: label('Đã xác minh', 'Verified'),
    contained: label('Đã ngăn chặn', 'Contained'),
    eradicated: label('Đã gỡ bỏ', 'Eradicated'),
    recovered: label('Đã khôi phục', 'Recovered'),
    closed: label('Đã đóng', 'Closed'),
    rejected: label('Không phải sự cố', 'Not an incident'),
  },
  incidentType: {
    DOS: label('Từ chối dịch vụ', 'Denial of service'),
    SPOOF: label('Tấn công giả mạo', 'Spoofing or phishing'),
    MALWARE: label('Tấn công sử dụng mã độc', 'Malware attack'),
    INTRUSION: label('Truy cập trái phép, chiếm quyền điều khiển', 'Unauthorised access, takeover'),
    DEFACE: label('Thay đổi giao diện', 'Defacement'),
    ENCRYPT: label('Mã hóa phần mềm, dữ liệu, thiết bị', 'Encryption (ransomware)'),
    DESTROY: label('Phá hoại thông tin, dữ liệu, phần mềm', 'Destruction'),
    SPY: label(
      'Nghe trộm, gián điệp, lấy cắp thông tin, dữ liệu',
      'Eavesdropping, espionage, theft',
    ),
    MIXED: label('Tấn công tổng hợp nhiều hình thức', 'Combined attack'),
    OTHER: label('Các hình thức tấn công khác', 'Other'),
  },
  incidentGrade: {
    ordinary: label('Thông thường', 'Ordinary'),
    serious: label('Nghiêm trọng', 'Serious'),
  },
  ladderStep: {
    issued: label('Đã giao', 'Issued'),
    delivered: label('Đã chuyển tới', 'Delivered'),
    read: label('Đã đọc', 'Read'),
    accepted: label('Đã tiếp nhận', 'Accepted'),
    disputed: label('Có ý kiến khác', 'Disputed'),
    acting: label('Đang thực hiện', 'Acting'),
    progressed: label('Báo cáo tiến độ', 'Progress reported'),
    completed: label('Đã hoàn thành', 'Completed'),
    verified: label('Đã xác nhận kết quả', 'Verified'),
    returned: label('Trả lại', 'Returned'),
    closed: label('Đã đóng', 'Closed'),
  },
  orderState: {
    issued: label('Đang hiệu lực', 'In force'),
    withdrawn: label('Đã thu hồi', 'Withdrawn'),
    closed: label('Đã đóng', 'Closed'),
  },
  orderKind: {
    order: label('Lệnh điều phối', 'Coordination order'),
    request: label('Yêu cầu điều phối', 'Coordination request'),
  },
  urgency: {
    normal: label('Thường', 'Normal'),
    urgent: label('Khẩn', 'Urgent'),
    very_urgent: label('Thượng khẩn', 'Very urgent'),
    immediate: label('Hỏa tốc', 'Immediate'),
  },
  addresseeRole: {
    lead: label('Chủ trì', 'Lead'),
    coordinate: label('Phối hợp', 'Coordinate'),
    for_information: label('Để biết', 'For information'),
  },
  actionKind: {
    block_ip: label('Chặn địa chỉ IP', 'Block addresses'),
    block_domain: label('Chặn tên miền', 'Block domains'),
    sinkhole: label('Chuyển hướng tên miền', 'Sinkhole'),
    isolate: label('Cô lập máy', 'Isolate hosts'),
    collect_log: label('Thu thập nhật ký', 'Collect logs'),
    collect_sample: label('Thu thập mẫu', 'Collect samples'),
    forensic_image: label('Sao ảnh chứng cứ', 'Take a forensic image'),
    patch: label('Vá lỗ hổng', 'Patch'),
    change_password: label('Đổi mật khẩu', 'Change passwords'),
    notify_users: label('Thông báo người dùng', 'Notify users'),
    send_team: label('Cử đội ứng cứu', 'Send a team'),
    deploy_sensor: label('Đặt thiết bị quan trắc', 'Deploy a sensor'),
    provide_data: label('Cung cấp dữ liệu', 'Provide data'),
    other: label('Việc khác', 'Other'),
  },
  actionOutcome: {
    done: label('Đã làm xong', 'Done'),
    partial: label('Làm được một phần', 'Partly done'),
    not_done: label('Chưa làm được', 'Not done'),
  },
  stationState: {
    pending: label('Chờ duyệt', 'Pending approval'),
    rejected: label('Đã từ chối', 'Rejected'),
    connected: label('Đang kết nối', 'Connected'),
    quiet: label('Không có dữ liệu', 'Quiet'),
    silent: label('Mất liên lạc', 'Silent'),
    revoked: label('Đã thu hồi', 'Revoked'),
  },
  parentState: {
    none: label('Không có cấp trên', 'No parent'),
    pending: label('Chờ cấp trên duyệt', 'Waiting for approval'),
    connected: label('Đang kết nối', 'Connected'),
    cut: label('Đứt kết nối', 'Cut off'),
    rejected: label('Bị từ chối', 'Rejected'),
    revoked: label('Bị thu hồi', 'Revoked'),
  },
  sourceState: {
    active: label('Đang nhận', 'Active'),
    quiet: label('Im lặng', 'Quiet'),
    failed: label('Lỗi', 'Failed'),
    paused: label('Tạm dừng', 'Paused'),
  },
  productKind: {
    firewall: label('Tường lửa', 'Firewalls'),
    network: label('Thiết bị mạng', 'Network equipment'),
    system: label('Hệ điều hành', 'Operating systems'),
    sensor: label('Cảm biến', 'Sensors'),
    web: label('Web', 'Web'),
    mail: label('Thư điện tử', 'Mail'),
    names: label('Tên và địa chỉ', 'Names and addresses'),
    tunnel: label('VPN', 'VPN'),
    database: label('Cơ sở dữ liệu', 'Databases'),
    cloud: label('Đám mây', 'Clouds'),
    any: label('Khác, theo định dạng', 'Others, by format'),
  },
  organisationKind: {
    national_centre: label('Trung tâm quốc gia', 'National centre'),
    ministry: label('Bộ, cơ quan ngang bộ', 'Ministry'),
    province: label('Tỉnh, thành phố', 'Province'),
    isp: label('Doanh nghiệp viễn thông, Internet', 'Internet service provider'),
    datacentre: label('Trung tâm dữ liệu', 'Data centre'),
    enterprise: label('Doanh nghiệp', 'Enterprise'),
    government_office: label('Cơ quan nhà nước', 'Government office'),
    other: label('Khác', 'Other'),
  },
} as const satisfies Record<string, Record<string, Label>>
export type LabelKind = keyof typeof labels

/** The word for a value in a language; an unknown value stands for itself. */
export function labelOf(kind: LabelKind, value: string, language: Language): string {
  const table: Record<string, Label> = labels[kind]
  return table[value]?.[language] ?? value
}
