import { type Label, label } from './label.ts'
import { type Permission, permissions } from './permission.ts'

const vietnamese = {
  'overview.read': 'Xem bàn trực',
  'live.read': 'Theo dõi thay đổi trực tiếp',
  'organisation.read': 'Xem tổ chức',
  'organisation.manage': 'Thêm và sửa tổ chức',
  'organisation.propose': 'Nộp hồ sơ thành viên, đề nghị sửa tổ chức của mình',
  'expert.read': 'Xem chuyên gia của các thành viên, chuyên môn và cách liên lạc',
  'expert.manage': 'Quản lý danh sách chuyên gia',
  'membership.manage': 'Quyết định tư cách thành viên',
  'group.manage': 'Quản lý nhóm chia sẻ',
  'person.read': 'Xem người dùng và vai trò',
  'person.manage': 'Thêm người dùng, giao và thu vai trò',
  'key.manage': 'Tạo và thu hồi khóa API',
  'approval.read': 'Xem việc chờ người thứ hai duyệt và quy định về việc đó',
  'approval.ask': 'Đề nghị người thứ hai duyệt việc của mình',
  'approval.decide': 'Duyệt hoặc từ chối việc của người khác',
  'approval.manage': 'Đặt việc nào cần người thứ hai duyệt',
  'system.read': 'Xem hệ thống thông tin, dải địa chỉ và chủ của địa chỉ',
  'system.manage': 'Đăng ký, sửa hệ thống thông tin và dải địa chỉ',
  'system.approve': 'Duyệt việc giám sát hệ thống thông tin',
  'station.read': 'Xem trạm, tình trạng và khoảng trống',
  'station.manage': 'Tạo mã gia nhập, duyệt và thu hồi trạm',
  'source.read': 'Xem nguồn của trạm này và bản ghi bị từ chối',
  'source.manage': 'Thêm, sửa, bỏ nguồn; đọc lại bản ghi bị từ chối',
  'ingest.write': 'Gửi bản ghi vào một nguồn',
  'event.read': 'Tra cứu sự kiện',
  'rule.read': 'Xem luật phát hiện và dấu hiệu',
  'rule.manage': 'Nạp luật phát hiện và dấu hiệu',
  'rule.write': 'Nhập, viết, thử và tinh chỉnh luật của thư viện',
  'rule.review': 'Duyệt, trả lại, rút luật người khác viết',
  'rule.publish': 'Phát hành bộ luật, triển khai và quay lui',
  'alert.read': 'Xem cảnh báo',
  'alert.triage': 'Nhận, giao, tạm ẩn và đóng cảnh báo',
  'incident.read': 'Xem sự cố',
  'incident.handle': 'Lập sự cố, đổi trạng thái, ghi diễn biến',
  'incident.close': 'Xác minh và đóng sự cố',
  'order.read': 'Xem lệnh gửi tới hoặc do tổ chức mình ban hành',
  'order.issue': 'Ban hành, sửa, xác minh, trả lại và đóng lệnh',
  'order.answer': 'Tiếp nhận hoặc phản đối lệnh, báo tiến độ và kết quả',
  'setting.read': 'Xem quy định và thời hạn theo đó',
  'setting.manage': 'Đưa quy định vào hiệu lực',
  'audit.read': 'Đọc nhật ký',
} as const satisfies Record<Permission, string>

/** What each permission allows, in both languages. */
export const permissionLabels = Object.fromEntries(
  Object.entries(permissions).map(([name, en]) => [
    name,
    label(vietnamese[name as Permission], en),
  ]),
) as Record<Permission, Label>
