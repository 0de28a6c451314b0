import { label } from './label.ts'

/** The words for what a source may bring, and what becomes of more. */
export const sourceLimitLabels = {
  sourcePriority: {
    low: label('Thấp: nhường chỗ trước', 'Low: gives way first'),
    normal: label('Thường', 'Normal'),
    high: label('Cao: nhường chỗ sau cùng', 'High: gives way last'),
  },
  whenFull: {
    wait: label('Bắt bên gửi chờ', 'Make the sender wait'),
    'drop-newest': label('Bỏ bản ghi mới nhất', 'Drop the newest'),
    'drop-oldest': label('Bỏ bản ghi cũ nhất', 'Drop the oldest'),
  },
  whenFullReason: {
    datagrams: label(
      'gói UDP không giữ lại được: bên gửi không chờ',
      'datagrams cannot be held back: their sender does not wait',
    ),
    exporters: label(
      'thiết bị xuất luồng không chờ, và số thứ tự chúng thiếu được đếm theo thứ tự tới',
      'exporters do not wait, and what their numbers say is missing is counted in the order of arrival',
    ),
    'in-order': label(
      'bản ghi cũ nhất còn nằm ở bên gửi, theo thứ tự của nó',
      'the oldest still lie with the sender, in its order',
    ),
    acknowledged: label(
      'bên gửi giữ những gì chưa được xác nhận; xác nhận rồi bỏ là làm mất',
      'its sender keeps what was not acknowledged; to acknowledge and drop would lose it',
    ),
  },
}
