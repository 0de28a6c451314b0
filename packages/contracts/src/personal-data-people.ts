import { label } from './label.ts'
import {
  agreement,
  nodeOnly,
  type PersonalDataEntry,
  security,
  withAccount,
} from './personal-data-entry.ts'

/** What is kept about people so that they can sign in, be reached and be called. */
export const peopleEntries: readonly PersonalDataEntry[] = [
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
    id: 'saved-views',
    data: label(
      'Khung nhìn của danh sách: tên, bộ lọc, ai lưu, ai mở danh sách bằng khung nhìn nào',
      'Views of lists: name, filter, who saved them and who begins a list with them',
    ),
    subjects: label('Người dùng hệ thống', 'People with an account'),
    purpose: label('Mở lại danh sách như đã lọc', 'Opening a list as one filtered it'),
    basis: security,
    readers: label(
      'Chính chủ; cả tổ chức khi chính chủ cho dùng chung',
      'The person; the whole organisation once the person shares it',
    ),
    kept: withAccount,
    columns: ['public.saved_view.*', 'public.saved_view_start.*'],
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
]
