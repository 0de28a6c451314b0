import { label } from './label.ts'

/** Words for what is said of incidents. */
export const incidentLabels = {
  incidentState: {
    open: label('Mới mở', 'Open'),
    verified: label('Đã xác minh', 'Verified'),
    contained: label('Đã ngăn chặn', 'Contained'),
    eradicated: label('Đã gỡ bỏ', 'Eradicated'),
    recovered: label('Đã khôi phục', 'Recovered'),
    closed: label('Đã đóng', 'Closed'),
    rejected: label('Không phải sự cố', 'Not an incident'),
  },
  incidentPhase: {
    detect_report: label('Phát hiện và báo cáo', 'Detect and report'),
    assess_decide: label('Đánh giá và quyết định', 'Assess and decide'),
    respond: label('Ứng phó', 'Respond'),
    learn_lessons: label('Rút kinh nghiệm', 'Learn lessons'),
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
  incidentKind: {
    incident: label('Sự cố', 'Incident'),
    near_miss: label('Suýt xảy ra sự cố', 'Near miss'),
    threat: label('Tin báo nguy cơ', 'Threat notice'),
  },
  incidentLinkKind: {
    related: label('Liên quan đến', 'Related to'),
    duplicate_of: label('Trùng với', 'Duplicate of'),
    part_of: label('Thuộc chiến dịch', 'Part of the campaign'),
  },
  participantRole: {
    affected: label('Bị ảnh hưởng', 'Affected'),
    operating: label('Vận hành hệ thống', 'Operates the system'),
    supporting: label('Phối hợp ứng cứu', 'Supports the response'),
    informed: label('Để biết', 'For information'),
  },
  participantSees: {
    summary: label('Tóm tắt', 'Summary'),
    story: label('Tóm tắt, dòng thời gian, giá trị quan sát', 'Summary, timeline, observables'),
  },
  belongingKind: {
    cluster: label('Cụm cảnh báo', 'Alert cluster'),
    order: label('Lệnh', 'Order'),
    task: label('Việc', 'Task'),
    report: label('Tin báo sự cố', 'Incident report'),
  },
  causeGroup: {
    ATTACK: label('Bị tấn công mạng', 'Cyber attack'),
    TECH_FAULT: label(
      'Lỗi hệ thống, thiết bị, phần mềm, hạ tầng',
      'System or infrastructure fault',
    ),
    OPERATOR_ERROR: label('Lỗi của người quản trị, vận hành', 'Administrator or operator error'),
    DISASTER: label('Thảm họa tự nhiên', 'Natural disaster'),
  },
  personalDataCategory: {
    basic: label('Cơ bản', 'Basic'),
    sensitive: label('Nhạy cảm', 'Sensitive'),
    location: label('Vị trí', 'Location'),
    biometric: label('Sinh trắc học', 'Biometric'),
    financial: label('Tài chính', 'Financial'),
  },
  gradeSuggestion: {
    serious: label('Đủ điều kiện sự cố nghiêm trọng', 'Meets the test of a serious incident'),
    ordinary: label(
      'Không đủ điều kiện sự cố nghiêm trọng',
      'Does not meet the test of a serious incident',
    ),
    undecided: label('Chưa đủ thông tin để kết luận', 'Too little is known'),
  },
  answer: {
    yes: label('Có', 'Yes'),
    no: label('Không', 'No'),
    unknown: label('Chưa rõ', 'Not known'),
  },
} as const
