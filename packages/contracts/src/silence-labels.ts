import { label } from './label.ts'

/** The words for what a source lacks, why, and what to do. */
export const silenceLabels = {
  silenceKind: {
    reduced: label('Ít hơn thường', 'Less than usual'),
    quiet: label('Im lặng', 'Quiet'),
    flood: label('Nhiều bất thường', 'Far more than usual'),
    failed: label('Đường vào lỗi', 'Way in out of order'),
    paused: label('Tạm dừng', 'Paused'),
    stopped: label('Trạm dừng', 'Station stopped'),
  },
  silenceCause: {
    unknown: label('Chưa rõ nguyên nhân', 'Cause unknown'),
    paused: label('Người quản trị tạm dừng', 'Paused by an administrator'),
    'never-sent': label('Chưa từng nhận bản ghi nào', 'No record ever came'),
    'port-in-use': label('Cổng đang bị chương trình khác dùng', 'Another program holds the port'),
    'port-refused': label('Hệ điều hành không cho mở cổng', 'The system refuses the port'),
    'listener-closed': label('Đường vào không mở được', 'The way in could not open'),
    'certificate-expired': label('Chứng thư hết hạn', 'A certificate expired'),
    'certificate-not-yet-valid': label(
      'Chứng thư chưa có hiệu lực',
      'A certificate is not yet valid',
    ),
    'certificate-refused': label('Chứng thư không được tin', 'A certificate is not trusted'),
    'tls-failed': label('Bắt tay TLS thất bại', 'The TLS handshake fails'),
    'token-wrong': label('Mã truy cập sai', 'The token is wrong'),
    'address-not-listed': label(
      'Địa chỉ bên gửi không có trong danh sách',
      'The sender’s address is not listed',
    ),
    'protocol-wrong': label('Bên gửi dùng sai giao thức', 'The sender speaks another protocol'),
    'too-many-connections': label('Quá nhiều kết nối', 'Too many connections'),
    'file-missing': label('Không thấy tệp', 'The file is missing'),
    'file-forbidden': label('Không có quyền đọc tệp', 'The file may not be read'),
    'directory-missing': label('Không thấy thư mục', 'The directory is missing'),
    'disk-full': label('Đĩa đầy', 'The disk is full'),
    'disk-failed': label('Đĩa lỗi hoặc chỉ đọc', 'The disk fails or is read-only'),
    'kernel-drops': label('Nhân hệ điều hành bỏ gói tin', 'The kernel drops datagrams'),
    'broker-unreachable': label(
      'Không đọc được từ máy chủ Kafka',
      'Kafka’s brokers cannot be read',
    ),
    'plug-in-missing': label('Chưa cài phần bổ trợ', 'A plug-in is not installed'),
    'station-stopped': label('Trạm đã dừng', 'The station was stopped'),
  },
  silenceRemedy: {
    unknown: label(
      'Kiểm tra thiết bị gửi và đường mạng tới trạm này',
      'Check the sending device and the network between it and this station',
    ),
    paused: label('Chạy tiếp nguồn này', 'Resume the source'),
    'never-sent': label(
      'Cấu hình thiết bị gửi theo hướng dẫn của nguồn',
      'Set the sender up as the source’s instructions say',
    ),
    'port-in-use': label(
      'Dừng chương trình kia hoặc đổi cổng trong cấu hình station',
      'Stop the other program or change the port in the configuration, section station',
    ),
    'port-refused': label(
      'Dùng cổng từ 1024 trở lên hoặc cấp quyền cho nút',
      'Use a port of 1024 or more, or grant the node the right',
    ),
    'listener-closed': label(
      'Xem chi tiết và nhật ký của nút, sửa cấu hình đường vào',
      'See the detail and the node’s log, correct the way in',
    ),
    'certificate-expired': label(
      'Thay chứng thư của bên có tên trong chi tiết',
      'Replace the certificate of the side the detail names',
    ),
    'certificate-not-yet-valid': label(
      'Kiểm tra đồng hồ hai bên và ngày hiệu lực của chứng thư',
      'Check the clocks of both sides and the dates of the certificate',
    ),
    'certificate-refused': label(
      'Cho bên gửi tin cơ quan cấp chứng thư của nút, hoặc ngược lại',
      'Let the sender trust the node’s authority, or the other way round',
    ),
    'tls-failed': label(
      'Kiểm tra bên gửi có bật TLS và cùng phiên bản (1.2 trở lên)',
      'Check that the sender speaks TLS, version 1.2 or later',
    ),
    'token-wrong': label(
      'Chép lại mã truy cập của nguồn vào bên gửi, hoặc tạo mã mới',
      'Copy the source’s token to the sender again, or renew it',
    ),
    'address-not-listed': label(
      'Thêm địa chỉ vào danh sách bên gửi của nguồn',
      'Add the address to the source’s senders',
    ),
    'protocol-wrong': label(
      'Chọn đúng giao thức và cổng ở bên gửi',
      'Choose the right protocol and port at the sender',
    ),
    'too-many-connections': label(
      'Giảm số kết nối của bên gửi',
      'Let the sender use fewer connections',
    ),
    'file-missing': label(
      'Kiểm tra đường dẫn; nếu tệp vừa được xoay vòng, chờ tệp mới',
      'Check the path; if the file was rotated, wait for the new one',
    ),
    'file-forbidden': label(
      'Cho tài khoản chạy nút quyền đọc tệp, cả sau khi xoay vòng (dòng create của logrotate)',
      'Let the node’s account read the file, also after rotation (line create of logrotate)',
    ),
    'directory-missing': label(
      'Tạo thư mục hoặc sửa đường dẫn của nguồn',
      'Make the directory or correct the source’s path',
    ),
    'disk-full': label('Giải phóng đĩa của trạm', 'Free disk space at the station'),
    'disk-failed': label(
      'Kiểm tra đĩa và hệ tệp của trạm',
      'Check the station’s disk and file system',
    ),
    'kernel-drops': label(
      'Tăng net.core.rmem_max, hoặc cho bên gửi dùng TCP',
      'Raise net.core.rmem_max, or let the sender use TCP',
    ),
    'broker-unreachable': label(
      'Xem chi tiết; kiểm tra địa chỉ, TLS, tài khoản và quyền đọc chủ đề trên máy chủ Kafka',
      'See the detail; check address, TLS, account and the right to read the topic at the brokers',
    ),
    'plug-in-missing': label(
      'Cài gói nêu trong chi tiết rồi khởi động lại nút',
      'Install the package the detail names and restart the node',
    ),
    'station-stopped': label(
      'Không cần làm gì: trạm đã chạy lại',
      'Nothing: the station runs again',
    ),
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
} as const
