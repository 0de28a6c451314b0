import { advisoryLabels } from './advisory-labels.ts'
import { approvalLabels } from './approval-labels.ts'
import { configurationLabels } from './configuration-labels.ts'
import { deadlineLabels } from './deadline-labels.ts'
import { documentLabels } from './document-labels.ts'
import { effortLabels } from './effort-labels.ts'
import { estateLabels } from './estate-labels.ts'
import { formLabels } from './form-labels.ts'
import { incidentLabels } from './incident-labels.ts'
import { incidentObservableLabels } from './incident-observable-labels.ts'
import { incidentReportLabels } from './incident-report-labels.ts'
import { type Label, label } from './label.ts'
import { mailKeyLabels } from './mail-key.ts'
import { deliveryLabels } from './notification.ts'
import { notificationKindLabels } from './notification-kind.ts'
import { preferenceLabels } from './notification-preference.ts'
import { organisationLabels } from './organisation-labels.ts'
import { permissionLabels } from './permission-labels.ts'
import type { Language } from './person.ts'
import { playbookLabels } from './playbook-labels.ts'
import { receivedMailLabels } from './received-mail-labels.ts'
import { regulationLabels } from './regulation-labels.ts'
import { shiftLabels } from './shift-labels.ts'
import { silenceLabels } from './silence-labels.ts'
import { sourceLimitLabels } from './source-limit-labels.ts'
import { systemLabels } from './system-labels.ts'
import { taskLabels } from './task-labels.ts'

/** The words for values of the domain, one table for screen, export and document. Words of the decisions and GLOSSARY.md. */
export const labels = {
  ...documentLabels,
  permission: permissionLabels,
  ...taskLabels,
  ...incidentObservableLabels,
  ...configurationLabels,
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
  archiveState: {
    hot: label('ở cả hai kho', 'in both stores'),
    leaving: label('đang xóa khỏi kho sự kiện', 'leaving the event store'),
    archived: label('chỉ trong kho lưu trữ', 'in the archive only'),
    restored: label('đã lấy lại để tra cứu', 'brought back for searches'),
  },
  releaseDecision: {
    send: label('Gửi nguyên', 'Send whole'),
    masked: label('Gửi, che trường', 'Send with fields treated'),
    counts: label('Chỉ gửi số lượng', 'Send counts only'),
    keep: label('Giữ lại', 'Keep'),
  },
  releaseStream: {
    alerts: label('Cảnh báo', 'Alerts'),
    events: label('Sự kiện', 'Events'),
    health: label('Nhịp báo', 'Heartbeats'),
  },
  releaseField: {
    ip: label('Mọi địa chỉ IP', 'Any IP address'),
    own_ip: label('Địa chỉ IP của đơn vị', 'Own IP addresses'),
    mac: label('Địa chỉ MAC', 'MAC addresses'),
    user: label('Tài khoản', 'Users'),
    email: label('Thư điện tử', 'E-mail addresses'),
    host: label('Tên máy', 'Host names'),
    domain: label('Tên miền', 'Domains'),
    url: label('URL', 'URLs'),
    file: label('Tệp', 'Files'),
    process: label('Tiến trình', 'Processes'),
    command_line: label('Dòng lệnh', 'Command lines'),
    message: label('Nội dung', 'Messages'),
  },
  treatment: {
    mask: label('xóa', 'struck out'),
    hash: label('thay bằng mã', 'pseudonym'),
    network: label('chỉ giữ mạng', 'network kept'),
  },
  releaseBy: {
    secret: label('Dấu hiệu mật', 'Secret material'),
    exception: label('Ngoại lệ theo lệnh', 'Exception by order'),
    'no-rule': label('Không luật nào nêu', 'No rule names it'),
  },
  direction: {
    inbound: label('Từ ngoài vào', 'Inbound'),
    outbound: label('Từ trong ra', 'Outbound'),
    lateral: label('Nội bộ', 'Lateral'),
    unknown: label('Không rõ', 'Unknown'),
  },
  addressZone: {
    private: label('Địa chỉ riêng', 'Private address'),
    shared: label('Địa chỉ dùng chung của nhà mạng', 'Shared by a carrier'),
    loopback: label('Địa chỉ của chính máy', 'Loopback'),
    'link-local': label('Chỉ trong đoạn mạng', 'Link-local'),
    documentation: label('Địa chỉ dùng trong tài liệu', 'Documentation address'),
    benchmarking: label('Địa chỉ dùng để đo', 'Benchmarking address'),
    multicast: label('Phát nhóm', 'Multicast'),
    broadcast: label('Phát rộng', 'Broadcast'),
    unspecified: label('Không xác định', 'Unspecified'),
    reserved: label('Địa chỉ để dành', 'Reserved address'),
  },
  clientKind: {
    browser: label('Trình duyệt', 'Browser'),
    bot: label('Trình thu thập', 'Crawler'),
    library: label('Thư viện', 'Library'),
    tool: label('Công cụ dò quét', 'Attack tool'),
  },
  leaseKind: {
    dhcp: label('DHCP', 'DHCP'),
    vpn: label('VPN', 'VPN'),
  },
  detector: {
    sigma: label('Luật Sigma', 'Sigma rule'),
    indicator: label('Dấu hiệu nhận biết', 'Indicator'),
    sensor: label('Thiết bị quan trắc', 'Sensor'),
    behaviour: label('Hành vi', 'Behaviour'),
    correlation: label('Tương quan', 'Correlation'),
    silence: label('Nguồn im lặng', 'Silent source'),
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
  ...incidentLabels,
  ladderStep: {
    issued: label('Đã giao', 'Issued'),
    delivered: label('Đã chuyển tới', 'Delivered'),
    read: label('Đã đọc', 'Read'),
    accepted: label('Đã tiếp nhận', 'Accepted'),
    disputed: label('Có ý kiến khác', 'Disputed'),
    acting: label('Đang thực hiện', 'Acting'),
    progressed: label('Báo cáo tiến độ', 'Progress reported'),
    refused: label('Đến muộn, không được nhận', 'Came too late, not received'),
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
    rekey: label('Chờ nối lại bằng khóa mới', 'To join again with a new key'),
  },
  sourceState: {
    active: label('Đang nhận', 'Active'),
    reduced: label('Ít hơn thường', 'Less than usual'),
    quiet: label('Im lặng', 'Quiet'),
    flood: label('Nhiều bất thường', 'Far more than usual'),
    failed: label('Lỗi', 'Failed'),
    paused: label('Tạm dừng', 'Paused'),
  },
  ...silenceLabels,
  ...regulationLabels,
  ...estateLabels,
  ...systemLabels,
  ...sourceLimitLabels,
  ...organisationLabels,
  ...formLabels,
  ...advisoryLabels,
  ...effortLabels,
  ...playbookLabels,
  ...incidentReportLabels,
  ...approvalLabels,
  ...deliveryLabels,
  ...preferenceLabels,
  ...mailKeyLabels,
  ...receivedMailLabels,
  notificationKind: notificationKindLabels,
  ...deadlineLabels,
  ...shiftLabels,
} as const satisfies Record<string, Record<string, Label>>
export type LabelKind = keyof typeof labels

/** The word for a value in a language; an unknown value stands for itself. */
export function labelOf(kind: LabelKind, value: string, language: Language): string {
  const table: Record<string, Label> = labels[kind]
  return table[value]?.[language] ?? value
}
