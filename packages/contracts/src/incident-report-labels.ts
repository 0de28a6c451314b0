import { label } from './label.ts'

/** The words for reports of incidents. */
export const incidentReportLabels = {
  reportState: {
    draft: label('Đang soạn', 'Being written'),
    received: label('Chưa xác nhận', 'Not acknowledged'),
    acknowledged: label('Đã xác nhận', 'Acknowledged'),
    attached: label('Đã gắn sự cố', 'Attached'),
    near_miss: label('Suýt xảy ra sự cố', 'Near miss'),
    duplicate: label('Trùng lặp', 'Duplicate'),
    rejected: label('Không phải sự cố', 'Rejected'),
  },
  reportChannel: {
    portal: label('Cổng', 'Portal'),
    telephone: label('Điện thoại', 'Telephone'),
    api: label('API', 'API'),
    mail: label('Thư điện tử', 'E-mail'),
    link: label('Nút của đơn vị báo', 'Node of who reports'),
  },
  reportPassageState: {
    waiting: label('Đã gửi, chờ biên nhận', 'Sent, waiting for the receipt'),
    received: label('Cấp trên đã nhận', 'Received above'),
    refused: label('Cấp trên không nhận', 'Refused above'),
    kept: label('Không gửi: TLP:RED', 'Not sent: TLP:RED'),
  },
  reportStage: {
    notice: label('Thông báo', 'Notice'),
    first: label('Báo cáo ban đầu', 'Initial report'),
    progress: label('Báo cáo diễn biến', 'Progress report'),
    final: label('Báo cáo kết thúc', 'Final report'),
  },
  reportLikeness: {
    address: label('cùng địa chỉ', 'same address'),
    system: label('cùng hệ thống', 'same system'),
    time: label('gần thời điểm', 'close in time'),
    text: label('mô tả giống', 'similar words'),
  },
} as const
