import { accessProblems } from './access-problems.ts'
import { advisoryProblems } from './advisory-problems.ts'
import { approvalProblems } from './approval-problems.ts'
import { archiveProblems } from './archive-problems.ts'
import { caseworkProblems } from './casework-problems.ts'
import { configurationProblems } from './configuration-problems.ts'
import { deadlineProblems } from './deadline-problems.ts'
import { documentProblems } from './document-problems.ts'
import { effortProblems } from './effort-problems.ts'
import { estateProblems } from './estate-problems.ts'
import { formProblems } from './form-problems.ts'
import { incidentMergeProblems } from './incident-merge-problems.ts'
import { incidentReportProblems } from './incident-report-problems.ts'
import { linkProblems } from './link-problems.ts'
import { mailProblems } from './mail-problems.ts'
import { orderProblems } from './order-problems.ts'
import { organisationProblems } from './organisation-problems.ts'
import { personProblems } from './person-problems.ts'
import { playbookProblems } from './playbook-problems.ts'
import { providerProblems } from './provider-problems.ts'
import { releaseProblems } from './release-problems.ts'
import { ruleProblems } from './rule-problems.ts'
import { savedViewProblems } from './saved-view-problems.ts'
import { settingProblems } from './setting-problems.ts'
import { sheetProblems } from './sheet-problems.ts'
import { shiftProblems } from './shift-problems.ts'
import { sourceProblems } from './source-problems.ts'
import { systemProblems } from './system-problems.ts'

/** Every way a request can be refused. The code is the contract; titles are for people. */
export const problems = {
  'request.invalid': { status: 400, vi: 'Yêu cầu không hợp lệ', en: 'The request is not valid' },
  'request.too-large': { status: 413, vi: 'Nội dung gửi lên quá lớn', en: 'The body is too large' },
  'request.unsupported-media': {
    status: 415,
    vi: 'Kiểu nội dung không được hỗ trợ',
    en: 'The media type is not supported',
  },
  'request.rate-limited': {
    status: 429,
    vi: 'Gửi quá nhanh, hãy thử lại sau',
    en: 'Too many requests; try again later',
  },
  'request.too-slow': {
    status: 422,
    vi: 'Mất quá lâu nên đã dừng, hãy thu hẹp điều kiện lọc',
    en: 'It took too long and was stopped; narrow the filter',
  },
  'request.not-found': { status: 404, vi: 'Không có địa chỉ này', en: 'No such address' },
  'request.forged': {
    status: 403,
    vi: 'Yêu cầu đến từ trang khác nên bị từ chối',
    en: 'The request comes from another site and is refused',
  },
  'filter.invalid': { status: 400, vi: 'Bộ lọc không đọc được', en: 'The filter cannot be read' },
  'cursor.invalid': {
    status: 400,
    vi: 'Con trỏ trang không hợp lệ',
    en: 'The page cursor is not valid',
  },
  'session.required': { status: 401, vi: 'Cần đăng nhập', en: 'Sign in first' },
  'session.refused': {
    status: 401,
    vi: 'Sai thư điện tử hoặc mật khẩu',
    en: 'Wrong e-mail or password',
  },
  'session.locked': {
    status: 429,
    vi: 'Đăng nhập sai quá nhiều lần, hãy chờ rồi thử lại',
    en: 'Too many failed sign-ins; wait and try again',
  },
  ...accessProblems,
  ...configurationProblems,
  ...linkProblems,
  ...personProblems,
  ...providerProblems,
  ...approvalProblems,
  ...documentProblems,
  'password.wrong': {
    status: 403,
    vi: 'Mật khẩu hiện tại không đúng',
    en: 'The current password is wrong',
  },
  'permission.missing': {
    status: 403,
    vi: 'Bạn không có quyền làm việc này',
    en: 'You do not have the right to do this',
  },
  'setup.done': { status: 409, vi: 'Hệ thống đã được thiết lập', en: 'Set-up is already done' },
  'setup.token-wrong': {
    status: 403,
    vi: 'Liên kết thiết lập không đúng hoặc đã dùng',
    en: 'The set-up link is wrong or already used',
  },
  ...organisationProblems,
  ...formProblems,
  ...incidentReportProblems,
  ...sheetProblems,
  'role.not-found': { status: 404, vi: 'Không có vai trò này', en: 'No such role' },
  'key.not-found': { status: 404, vi: 'Không có khóa này', en: 'No such key' },
  'journal.entry-not-found': {
    status: 404,
    vi: 'Không có dòng nhật ký này',
    en: 'No such entry of the journal',
  },
  'journal.digest-not-found': {
    status: 404,
    vi: 'Ngày này không có bản tóm tắt nhật ký',
    en: 'There is no digest of the journal for this day',
  },
  'journal.digest-invalid': {
    status: 400,
    vi: 'Bản tóm tắt nhật ký không phải của nút này hoặc đã bị sửa',
    en: 'The digest is not of this node, or was altered',
  },
  'journal.check-running': {
    status: 409,
    vi: 'Đang có lượt kiểm tra nhật ký khác, hãy chờ xong',
    en: 'Another check of the journal is running; wait until it is done',
  },
  'envelope.forged': { status: 403, vi: 'Chữ ký không đúng', en: 'The signature does not verify' },
  ...releaseProblems,
  ...sourceProblems,
  'ingest.overloaded': {
    status: 429,
    vi: 'Hàng đợi đầy, hãy gửi lại sau',
    en: 'The queue is full; send again later',
  },
  'reject.not-found': { status: 404, vi: 'Không có bản ghi này', en: 'No such reject' },
  'reject.replay-not-found': { status: 404, vi: 'Không có lần đọc lại này', en: 'No such replay' },
  'ingest.source-limited': { status: 429, vi: 'Nguồn đã tới giới hạn', en: 'Source at its limit' },
  'ingest.disk-full': {
    status: 507,
    vi: 'Đĩa đầy, không nhận thêm được',
    en: 'The disk is full; nothing more can be taken in',
  },
  'ingest.disk-failed': {
    status: 507,
    vi: 'Đĩa không ghi được (chỉ đọc hoặc hỏng), không nhận thêm được',
    en: 'The disk takes no writes (read-only or failing); nothing more can be taken in',
  },
  'ingest.bus-unreachable': {
    status: 503,
    vi: 'Cụm NATS không trả lời, không nhận thêm được cho đến khi nó trả lời',
    en: 'The NATS bus does not answer; nothing more can be taken in until it does',
  },
  'ingest.bus-taken': {
    status: 503,
    vi: 'Một tiến trình khác của nút này đã nhận luồng NATS',
    en: 'Another process of this node has taken over the NATS stream',
  },
  'event.not-found': { status: 404, vi: 'Không có sự kiện này', en: 'No such event' },
  'event.search-too-broad': {
    status: 422,
    vi: 'Tìm kiếm quá rộng, hãy thu hẹp thời gian hoặc điều kiện',
    en: 'The search is too broad; narrow its time or its filter',
  },
  'event-store.unavailable': {
    status: 503,
    vi: 'Kho sự kiện đang không trả lời',
    en: 'The event store does not answer',
  },
  'event-store.too-heavy': {
    status: 422,
    vi: 'Truy vấn quá nặng, hãy thu hẹp khoảng thời gian hoặc bộ lọc',
    en: 'The question is too heavy; narrow the time range or the filter',
  },
  'database.unavailable': {
    status: 503,
    vi: 'Cơ sở dữ liệu đang không trả lời',
    en: 'The database does not answer',
  },
  'database.busy': {
    status: 503,
    vi: 'Nút đang có quá nhiều việc, hãy thử lại sau ít giây',
    en: 'The node has too much to do; try again in a few seconds',
  },
  ...archiveProblems,
  ...ruleProblems,
  ...deadlineProblems,
  ...estateProblems,
  ...systemProblems,
  ...settingProblems,
  'alert.not-found': { status: 404, vi: 'Không có cảnh báo này', en: 'No such alert' },
  'cluster.not-found': { status: 404, vi: 'Không có cụm cảnh báo này', en: 'No such cluster' },
  'cluster.illegal-act': {
    status: 409,
    vi: 'Cụm cảnh báo không ở trạng thái cho phép việc này',
    en: 'The cluster is not in a state that allows this',
  },
  'cluster.unlike': {
    status: 409,
    vi: 'Chỉ gộp được các cụm của cùng một tổ chức, cùng là thật hoặc cùng là mô phỏng',
    en: 'Only clusters of one organisation are merged, all real or all simulated',
  },
  'merge.not-found': { status: 404, vi: 'Không có lần gộp này', en: 'No such merge' },
  'merge.ended': {
    status: 409,
    vi: 'Lần gộp này đã được tách ra rồi',
    en: 'This merge was taken back already',
  },
  'undo.expired': { status: 409, vi: 'Đã quá thời gian hoàn tác', en: 'Too late to undo' },
  'incident.not-found': { status: 404, vi: 'Không có sự cố này', en: 'No such incident' },
  'incident.illegal-transition': {
    status: 409,
    vi: 'Sự cố không thể chuyển sang trạng thái đó',
    en: 'The incident cannot move to that state',
  },
  'incident.note-required': {
    status: 400,
    vi: 'Bước này phải ghi rõ căn cứ (ít nhất 3 ký tự)',
    en: 'This step asks for the grounds (3 characters at least)',
  },
  'incident.closing-report-missing': {
    status: 409,
    vi: 'Sự cố này phải có báo cáo kết thúc và bài học trước khi đóng: hãy lập báo cáo trên trang sự cố',
    en: 'This incident is summed up before it is closed: write its closing report, with what was learned, on its page',
  },
  'incident.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa thay đổi, hãy tải lại',
    en: 'Somebody has just changed it; reload',
  },
  'incident.person-needed': {
    status: 403,
    vi: 'Chỉ người đăng nhập mới quyết định được, khóa API thì không',
    en: 'Only a person who is signed in decides; a key does not',
  },
  'incident.orders-open': {
    status: 409,
    vi: 'Còn lệnh điều phối chưa đóng',
    en: 'Orders of this incident are still open',
  },
  ...caseworkProblems,
  ...incidentMergeProblems,
  ...orderProblems,
  ...advisoryProblems,
  ...effortProblems,
  ...playbookProblems,
  ...savedViewProblems,
  ...shiftProblems,
  ...mailProblems,
  'evidence.not-found': { status: 404, vi: 'Không có tệp bằng chứng này', en: 'No such evidence' },
  'data-directory.in-use': {
    status: 409,
    vi: 'Thư mục dữ liệu đang được tiến trình khác dùng',
    en: 'Another process uses this data directory',
  },
  'configuration.invalid': {
    status: 400,
    vi: 'Cấu hình không hợp lệ',
    en: 'The configuration is not valid',
  },
  'internal.failure': { status: 500, vi: 'Lỗi của hệ thống', en: 'A fault of the system' },
} as const
export type ProblemCode = keyof typeof problems

/** RFC 9457 body of every refusal. `id` is also in the log. */
export interface ProblemDetails {
  readonly type: string
  readonly code: ProblemCode
  readonly title: string
  readonly title_en: string
  readonly status: number
  readonly detail: string
  readonly id: string
  readonly errors?: readonly {
    readonly field: string
    readonly cause: string
    readonly remedy: string
  }[]
  /** Seconds after which it may be tried again. */
  readonly retry_after?: number
}
