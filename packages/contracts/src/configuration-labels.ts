import { label } from './label.ts'

/** The words for what a parent sets at nodes below it. */
export const configurationLabels = {
  settingName: {
    calendar: label('Lịch làm việc và ngày nghỉ', 'Working days and holidays'),
    regulations: label('Hồ sơ quy định', 'Regulation profiles'),
    heartbeat: label('Nhịp báo', 'Heartbeat rhythm'),
    silence: label('Ngưỡng im lặng của nguồn mới', 'Silence span of new sources'),
  },
  settingState: {
    pending: label('Chờ trả lời', 'Awaiting an answer'),
    applied: label('Đã áp dụng', 'Applied'),
    refused: label('Chủ quản từ chối', 'Refused by the owner'),
    invalid: label('Không dùng được', 'Cannot be used'),
  },
  configurationState: {
    none: label('Không đặt gì', 'Nothing set'),
    pending: label('Chờ trả lời', 'Awaiting an answer'),
    applied: label('Đã áp dụng', 'Applied'),
    partly: label('Áp dụng một phần', 'Partly applied'),
  },
} as const
