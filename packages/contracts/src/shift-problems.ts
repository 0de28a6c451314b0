/** Ways in which something about shifts is refused. */
export const shiftProblems = {
  'shift.not-found': { status: 404, vi: 'Không có ca trực này', en: 'No such shift' },
  'shift.past': {
    status: 409,
    vi: 'Ca trực đã kết thúc: lịch đã qua được giữ nguyên',
    en: 'The shift is over; what was stays as it was',
  },
  'shift.begun': {
    status: 409,
    vi: 'Ca trực đã bắt đầu: chỉ đổi được người trực và ghi chú',
    en: 'The shift has begun; only its people and note can be changed',
  },
  'shift.overlaps': {
    status: 409,
    vi: 'Trùng giờ với ca trực khác: đổi giờ, hoặc đánh dấu là cố ý chồng ca',
    en: 'It lies over another shift; change its times, or mark that it is meant to',
  },
  'shift.crews-mismatch': {
    status: 400,
    vi: 'Số kíp không khớp với mẫu trực',
    en: 'The pattern has another number of crews',
  },
  'shift.person-unfit': {
    status: 400,
    vi: 'Người này không thuộc tổ chức, đã khóa tài khoản hoặc không có quyền trực',
    en: 'This person is of another organisation, disabled or may not stand shifts',
  },
  'shift.moved-on': {
    status: 409,
    vi: 'Có người vừa sửa ca trực này, hãy xem lại',
    en: 'Somebody has just changed this shift; look again',
  },
  'shift.not-yours': {
    status: 403,
    vi: 'Bạn không có tên trong ca trực này',
    en: 'You do not stand this shift',
  },
  'shift.person-required': {
    status: 403,
    vi: 'Chỉ người đã đăng nhập mới trực ca được; khóa API thì không',
    en: 'Only somebody who signed in stands shifts; an API key does not',
  },
  'swap.not-found': { status: 404, vi: 'Không có đề nghị đổi ca này', en: 'No such swap' },
  'swap.decided': {
    status: 409,
    vi: 'Đề nghị đổi ca đã được trả lời',
    en: 'The swap has been answered already',
  },
  'swap.stands-already': {
    status: 409,
    vi: 'Người này đã có tên trong ca trực đó',
    en: 'This person stands that shift already',
  },
  'swap.stale': {
    status: 409,
    vi: 'Ca trực đã đổi người từ lúc đề nghị, hãy đề nghị lại',
    en: 'The shifts have changed hands since; ask again',
  },
  'handover.not-found': { status: 404, vi: 'Không có bàn giao ca này', en: 'No such hand-over' },
  'handover.open': {
    status: 409,
    vi: 'Bạn đang có một bàn giao chưa được nhận',
    en: 'A hand-over of yours still waits to be acknowledged',
  },
  'handover.taken': {
    status: 409,
    vi: 'Người khác đang nhận bàn giao này',
    en: 'Somebody else is taking this hand-over over',
  },
  'handover.ended': {
    status: 409,
    vi: 'Bàn giao này đã được nhận xong hoặc đã rút',
    en: 'This hand-over was acknowledged or withdrawn',
  },
  'handover.own': {
    status: 409,
    vi: 'Người bàn giao không tự nhận bàn giao của mình',
    en: 'Who hands over cannot acknowledge it',
  },
  'calendar.not-found': {
    status: 404,
    vi: 'Địa chỉ lịch này không còn dùng được',
    en: 'This calendar address is no longer valid',
  },
} as const
