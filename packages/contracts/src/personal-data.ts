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
const security = label(
  'Nhiệm vụ giám sát và ứng cứu sự cố (QĐ 1017/QĐ-TTg); Luật 91/2025/QH15, điều khoản cần bộ phận pháp chế xác nhận',
  'Duty of monitoring and incident response (Decision 1017/QĐ-TTg); Law 91/2025/QH15, clause to be confirmed by counsel',
)
const agreement = label(
  'Thỏa thuận thành viên giữa cơ quan vận hành và tổ chức; Luật 91/2025/QH15, điều khoản cần xác nhận',
  'Membership agreement of operator and organisation; Law 91/2025/QH15, clause to be confirmed',
)
const nodeOnly = label('Chỉ nút; không vai trò nào đọc được', 'The node alone; no role reads it')
const withAccount = label(
  'Đến khi xóa theo yêu cầu, hoặc hết thời hạn của tài khoản đã khóa (Quản trị → Dữ liệu cá nhân)',
  'Until removed on request, or the period of disabled accounts is over (Administration → Personal data)',
)
const withObject = label(
  'Cùng với hồ sơ mà nó thuộc về; hiện chưa có thời hạn tự động',
  'As long as the record it belongs to; no period ends it by itself yet',
)

/** The register of processing of personal data of a node; a test compares it with the tables there are. */
export const personalDataRegister: readonly PersonalDataEntry[] = [
  {
    id: 'accounts',
    data: label('Họ tên, địa chỉ thư điện tử của người dùng', 'Name and e-mail address of users'),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label('Nhận biết ai làm gì, phân quyền', 'Knowing who acts; rights'),
    basis: security,
    readers: label(
      'person.read, trong phạm vi tổ chức',
      'person.read, within the organisations seen',
    ),
    kept: withAccount,
    columns: [
      'public.person.name',
      'public.person.email',
      'auth.user.name',
      'auth.user.email',
      'auth.account.user_id',
    ],
  },
  {
    id: 'single-sign-on',
    data: label(
      'Định danh và thư điện tử ở nhà cung cấp đăng nhập',
      'Subject and e-mail at an identity provider',
    ),
    subjects: label('Người dùng đăng nhập một lần', 'People who sign in through a provider'),
    purpose: label('Nhận ra tài khoản', 'Recognising the account'),
    basis: security,
    readers: nodeOnly,
    kept: withAccount,
    columns: ['auth.identity.email', 'auth.identity.person_id'],
  },
  {
    id: 'sessions',
    data: label('Địa chỉ IP, trình duyệt của phiên', 'Address and browser of sessions'),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label(
      'Chính chủ nhận ra và kết thúc phiên lạ',
      'That one sees and ends strange sessions',
    ),
    basis: security,
    readers: label('Chính chủ', 'The person alone'),
    kept: label(
      'Đến khi phiên kết thúc; hết hạn hay bị từ chối thì theo thời hạn (Quản trị → Dữ liệu cá nhân)',
      'Until the session ends; expired or refused, by its period (Administration → Personal data)',
    ),
    columns: [
      'auth.session.ip_address',
      'auth.session.user_agent',
      'auth.session.user_id',
      'auth.sign_in_failure.subject',
    ],
  },
  {
    id: 'second-factors',
    data: label(
      'Yếu tố thứ hai (niêm phong), khóa passkey, mã khôi phục (băm)',
      'Second factors (sealed), passkeys, recovery codes (hashed)',
    ),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label('Xác thực', 'Signing in'),
    basis: security,
    readers: nodeOnly,
    kept: withAccount,
    columns: [
      'auth.totp.person_id',
      'auth.passkey.person_id',
      'auth.passkey.name',
      'auth.recovery_code.person_id',
      'auth.recovery_link.person_id',
    ],
  },
  {
    id: 'invitations',
    data: label('Họ tên, thư điện tử của người được mời', 'Name and e-mail of people invited'),
    subjects: label('Người được mời', 'People invited'),
    purpose: label('Tạo tài khoản', 'Making an account'),
    basis: security,
    readers: label(
      'person.manage, trong phạm vi tổ chức',
      'person.manage, within the organisations seen',
    ),
    kept: label(
      'Theo thời hạn của lời mời đã dùng, thu hồi, hết hạn (Quản trị → Dữ liệu cá nhân)',
      'By the period of invitations used, revoked or expired (Administration → Personal data)',
    ),
    columns: ['public.invitation.name', 'public.invitation.email'],
  },
  {
    id: 'contact-points',
    data: label(
      'Họ tên, chức vụ, điện thoại, thư điện tử, khóa OpenPGP của đầu mối',
      'Name, position, telephone, e-mail, OpenPGP key of contact points',
    ),
    subjects: label('Đầu mối của tổ chức', 'Contacts of organisations'),
    purpose: label(
      'Liên lạc khi có sự cố, 24/7',
      'Reaching an organisation in an incident, at any hour',
    ),
    basis: agreement,
    readers: label(
      'organisation.read, trong phạm vi tổ chức',
      'organisation.read, within the organisations seen',
    ),
    kept: label(
      'Đến khi đầu mối bị xóa hoặc quá hạn xác nhận lâu hơn thời hạn (Quản trị → Dữ liệu cá nhân)',
      'Until the contact is removed, or unconfirmed beyond its period (Administration → Personal data)',
    ),
    columns: [
      'public.contact_point.name',
      'public.contact_point.position',
      'public.contact_point.phone',
      'public.contact_point.email',
      'public.contact_point.openpgp',
      'public.organisation_request.contact',
      'public.station.contact',
    ],
  },
  {
    id: 'experts',
    data: label(
      'Họ tên, chức vụ, điện thoại, thư điện tử, chuyên môn, chứng chỉ, ngoại ngữ của chuyên gia',
      'Name, position, telephone, e-mail, specialities, certificates, languages of experts',
    ),
    subjects: label('Chuyên gia của tổ chức thành viên', 'Experts of members'),
    purpose: label(
      'Huy động người đúng chuyên môn khi có sự cố (TT 20/2017, phụ lục mẫu số 01)',
      'Calling upon the right people in an incident (TT 20/2017, annex of form 01)',
    ),
    basis: label(
      'Ghi ở từng người: người đó đồng ý hoặc nhiệm vụ được giao; Luật 91/2025/QH15, điều khoản cần xác nhận',
      'Written with each: their consent or a duty given; Law 91/2025/QH15, clause to be confirmed',
    ),
    readers: label(
      'expert.read, trong phạm vi tổ chức; mỗi lần tải về đều ghi nhật ký',
      'expert.read, within the organisations seen; each sheet taken along is in the journal',
    ),
    kept: label(
      'Đến khi tổ chức xóa chuyên gia: xóa hẳn, nhật ký không giữ họ tên, số điện thoại',
      'Until the organisation removes the expert: deleted, the journal keeps neither name nor telephone',
    ),
    columns: ['public.expert.*'],
  },
  {
    id: 'forms',
    data: label(
      'Họ tên, chức vụ, điện thoại, thư điện tử, nhân lực kê khai trong biểu mẫu; ai lập, ai nộp',
      'Names, positions, telephones, e-mail and staff declared in forms; who filled in and submitted them',
    ),
    subjects: label(
      'Lãnh đạo, đầu mối, nhân lực của tổ chức',
      'Leaders, contacts, staff of members',
    ),
    purpose: label(
      'Hồ sơ, đơn, báo cáo theo mẫu quy định',
      'Records and reports by statutory forms',
    ),
    basis: agreement,
    readers: label('form.read, trong tổ chức và TLP', 'form.read, within organisation and TLP'),
    kept: withObject,
    columns: ['public.form.*'],
  },
  {
    id: 'addressees',
    data: label(
      'Người được chỉ định xem sự cố TLP:RED',
      'People an incident at TLP:RED is told to',
    ),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label('Giới hạn người xem', 'Limiting who sees it'),
    basis: security,
    readers: label('Người xem được sự cố', 'Who sees the incident'),
    kept: withObject,
    columns: ['public.incident.told_people'],
  },
  {
    id: 'monitored-records',
    data: label(
      'Tên tài khoản, địa chỉ IP, thư điện tử có trong bản ghi được giám sát',
      'Account names, addresses and e-mail inside monitored records',
    ),
    subjects: label(
      'Người dùng các hệ thống thông tin được giám sát',
      'Users of the information systems that are monitored',
    ),
    purpose: label('Phát hiện và điều tra sự cố', 'Detecting and investigating incidents'),
    basis: security,
    readers: label(
      'event.read, alert.read, trong phạm vi tổ chức và TLP; chính sách chia sẻ che hoặc băm trường khi rời trạm',
      'event.read and alert.read, within organisations and TLP; the release policy masks or hashes fields that leave a station',
    ),
    kept: label(
      'Theo chính sách lưu giữ có phiên bản (Trạm → Lưu trữ và thời hạn)',
      'By the dated retention policy (Stations → Archive and retention)',
    ),
    columns: ['public.alert_body.*', 'public.alert_pack.*', 'public.reject.*'],
  },
  {
    id: 'envelopes',
    data: label(
      'Họ tên, đầu mối trong thông điệp đã ký giữa các nút',
      'Names and contacts inside signed envelopes between nodes',
    ),
    subjects: label('Người dùng, đầu mối', 'People with an account, contacts'),
    purpose: label('Chứng minh đã trao đổi điều gì', 'Proof of what was said'),
    basis: agreement,
    readers: nodeOnly,
    kept: label(
      'Suốt đời nút; hiện chưa có thời hạn tự động',
      'For the life of the node; no period ends it by itself yet',
    ),
    columns: ['public.link_envelope.line', 'public.link_box_record.line'],
  },
  {
    id: 'acts',
    data: label('Ai đã làm gì (mã và họ tên người làm)', 'Who did what (id and name of the actor)'),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label('Truy vết, trách nhiệm, chứng cứ', 'Audit, accountability, evidence'),
    basis: security,
    readers: label(
      'audit.read hoặc người đọc hồ sơ, trong phạm vi tổ chức',
      'audit.read, or who reads the record, within the organisations seen',
    ),
    kept: label(
      'Suốt đời nút: mục nhật ký nằm trong chuỗi băm, không sửa, không xóa được',
      'For the life of the node: entries of the journal are hashed into a chain and neither changed nor removed',
    ),
    columns: [
      'public.journal.actor_*',
      'public.journal.before',
      'public.journal.after',
      'public.journal.folded',
      'public.approval_policy.actor_id',
      'public.approval_policy.changed_by',
      'public.approval_request.asked_by*',
      'public.approval_request.also_behind',
      'public.approval_request.behind_id',
      'public.approval_request.decided_by*',
      'public.cluster_undo.actor_id',
      'public.coordination_order.issued_by_name',
      'public.evidence_file.stored_by_name',
      'public.library_rule.author*',
      'public.library_rule_version.author_*',
      'public.library_rule_version.reviewer_*',
      'public.organisation_request.asked_by*',
      'public.organisation_request.decided_by',
      'public.personal_retention.actor_id',
      'public.personal_retention.changed_by',
      'public.rule_set.published_by',
      'public.service_account.owner_id',
      'public.station_inspection.signed_by',
      'public.membership_step.actor_*',
      'public.order_entry.actor_name',
      'public.order_version.actor_name',
      'public.regulation_version.actor_*',
      'public.release_version.actor_*',
      'public.retention_version.actor_*',
      'public.rule_back_test.author_name',
      'public.rule_tuning.author_*',
      'public.system_import.author_name',
      'public.attribution_change.actor_id',
      'public.attribution_change.actor_name',
      'public.station_monitoring.actor_name',
      'public.station_release.actor_name',
      'public.directed_configuration.set_by',
      'public.setting_consent.actor_*',
      'public.configuration_version.actor_*',
    ],
  },
]
