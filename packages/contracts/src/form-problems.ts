/** Refusals about filled-in forms. */
export const formProblems = {
  'form.not-found': { status: 404, vi: 'Không có biểu mẫu này', en: 'No such form' },
  'form.none-in-force': {
    status: 404,
    vi: 'Hôm nay không có biểu mẫu nào đang hiệu lực cho việc này',
    en: 'No form for this is in force today',
  },
  'form.changed-meanwhile': {
    status: 409,
    vi: 'Bản nháp đã được người khác lưu, hãy xem bản mới trước khi lưu tiếp',
    en: 'Somebody else has saved this draft; look at theirs before you save again',
  },
  'form.not-draft': {
    status: 409,
    vi: 'Biểu mẫu đã nộp hoặc đã rút thì không sửa được, hãy lập bản mới',
    en: 'A form that was submitted or withdrawn does not change; begin a new one',
  },
  'form.incomplete': {
    status: 422,
    vi: 'Biểu mẫu còn chỗ chưa đúng nên chưa nộp được',
    en: 'The form cannot be submitted yet: something is missing or wrong',
  },
  'form.retired': {
    status: 409,
    vi: 'Mẫu này đã hết hiệu lực, hãy chuyển nội dung sang mẫu mới rồi nộp',
    en: 'This form is no longer in force; carry the draft over to the new one, then submit',
  },
  'form.draft-open': {
    status: 409,
    vi: 'Đang có bản nháp của biểu mẫu này, hãy nộp hoặc bỏ bản đó trước',
    en: 'A draft of this form is open already; submit or withdraw it first',
  },
  'form.not-withdrawable': {
    status: 409,
    vi: 'Biểu mẫu đã nộp này không rút được, hãy nộp bản thay thế',
    en: 'This form cannot be withdrawn once submitted; submit one that replaces it',
  },
  'form.not-submitted': {
    status: 409,
    vi: 'Biểu mẫu chưa nộp nên chưa đối chiếu vào danh bạ được',
    en: 'The form has not been submitted, so nothing of it is taken over',
  },
  'form.altered': {
    status: 400,
    vi: 'Tệp biểu mẫu đã bị sửa sau khi xuất: mã băm không khớp',
    en: 'The file was altered after it was made: its hash does not match',
  },
} as const
