import { label } from './label.ts'

export const documentLabels = {
  documentKind: {
    order: label('Lệnh điều phối', 'Coordination order'),
    request: label('Yêu cầu điều phối', 'Coordination request'),
    warning: label('Cảnh báo', 'Warning'),
    incident_report: label('Báo cáo sự cố', 'Incident report'),
    minutes: label('Biên bản', 'Minutes'),
  },
  documentState: {
    issued: label('Có hiệu lực', 'In force'),
    withdrawn: label('Đã thu hồi', 'Withdrawn'),
  },
  timelineKind: {
    'incident.opened': label('Mở sự cố', 'Incident opened'),
    'incident.updated': label('Sửa thông tin', 'Facts changed'),
    'incident.moved': label('Chuyển bước', 'Moved on'),
    'incident.observables-added': label('Thêm giá trị quan sát', 'Observables added'),
    'task.added': label('Thêm việc', 'Task added'),
    'task.assigned': label('Giao việc', 'Task assigned'),
    'task.changed': label('Sửa việc', 'Task changed'),
    'task.moved': label('Tiến độ việc', 'Progress of a task'),
    'task.ticked': label('Kiểm tra', 'Checklist'),
    'task.ordered': label('Xếp lại việc', 'Tasks put in order'),
    'incident.noted': label('Ghi chú', 'Note'),
    'incident.closing-report-written': label('Lập báo cáo kết thúc', 'Closing report written'),
    'incident.clusters-attached': label('Gắn cụm cảnh báo', 'Clusters attached'),
    'order.issued': label('Giao lệnh', 'Order issued'),
    'order.received': label('Nhận lệnh', 'Order received'),
    'order.stepped': label('Trả lời lệnh', 'Order answered'),
    'order.withdrawn': label('Thu hồi lệnh', 'Order withdrawn'),
    'evidence.stored': label('Lưu bằng chứng', 'Evidence kept'),
    'cluster.triaged': label('Xử lý cụm cảnh báo', 'Cluster triaged'),
    'cluster.triage-undone': label('Hoàn tác xử lý cụm', 'Triage undone'),
  },
} as const
