import { label } from './label.ts'

/** Words for what is said of tasks and of what is wanted from somebody. */
export const taskLabels = {
  taskState: {
    open: label('Chờ làm', 'To do'),
    doing: label('Đang làm', 'Under way'),
    returned: label('Trả lại', 'Returned'),
    done: label('Đã xong', 'Done'),
    cancelled: label('Không cần làm', 'Cancelled'),
  },
  workKind: {
    task: label('Việc của sự cố', 'Task of an incident'),
    order: label('Lệnh chờ trả lời', 'Order to answer'),
    advisory: label('Cảnh báo chờ trả lời', 'Advisory to answer'),
    effort: label('Bảng kê khối lượng', 'Effort sheet'),
    deadline: label('Hạn theo quy định', 'Statutory deadline'),
    approval: label('Chờ bạn duyệt', 'Waits for your approval'),
  },
} as const
