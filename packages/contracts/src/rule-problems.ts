/** Refusals about rules, their library and their sets; part of `problems`. */
export const ruleProblems = {
  'rule.not-found': { status: 404, vi: 'Không có luật này', en: 'No such rule' },
  'rule.invalid': {
    status: 422,
    vi: 'Luật có lỗi, không dùng được',
    en: 'The rule has errors and cannot be used',
  },
  'rule.archive-unreadable': {
    status: 422,
    vi: 'Không đọc được tệp nén luật',
    en: 'The archive of rules cannot be read',
  },
  'rule.illegal-step': {
    status: 409,
    vi: 'Luật không ở trạng thái cho phép việc này',
    en: 'The rule is not in a state that allows this',
  },
  'rule.own-review': {
    status: 403,
    vi: 'Người viết không được tự duyệt luật của mình',
    en: 'Who wrote a rule cannot review it',
  },
  'rule.changed-meanwhile': {
    status: 409,
    vi: 'Luật vừa có phiên bản mới, hãy tải lại',
    en: 'The rule has a newer version; reload',
  },
  'rule.trial-failed': {
    status: 422,
    vi: 'Không thử được luật',
    en: 'The rule could not be tried',
  },
  'back-test.not-found': {
    status: 404,
    vi: 'Không có lần thử này',
    en: 'No such back-test',
  },
  'back-test.running': {
    status: 409,
    vi: 'Luật này đang được thử, hãy chờ xong',
    en: 'This rule is being tried; wait until it is done',
  },
  'tuning.not-found': {
    status: 404,
    vi: 'Không có tinh chỉnh này',
    en: 'No such tuning',
  },
  'tuning.expiry-invalid': {
    status: 400,
    vi: 'Hạn của tinh chỉnh phải ở tương lai, trong vòng 366 ngày',
    en: 'A tuning must end in the future, within 366 days',
  },
  'rule-set.not-found': {
    status: 404,
    vi: 'Không có bộ luật này',
    en: 'No such rule set',
  },
  'rule-set.empty': {
    status: 409,
    vi: 'Không có luật nào đã duyệt để phát hành',
    en: 'No approved rule to publish',
  },
  'rule-set.unchanged': {
    status: 409,
    vi: 'Nội dung giống hệt bộ luật mới nhất',
    en: 'The content is that of the newest set',
  },
  'rule-set.illegal-step': {
    status: 409,
    vi: 'Bộ luật không ở trạng thái cho phép việc này',
    en: 'The rule set is not in a state that allows this',
  },
  'rule-set.refused': {
    status: 422,
    vi: 'Bộ luật bị từ chối, bộ cũ vẫn có hiệu lực',
    en: 'The rule set is refused; the old one stays in force',
  },
  'rule-set.unreadable': {
    status: 503,
    vi: 'Không nạp được luật phát hiện, bộ luật cũ vẫn có hiệu lực',
    en: 'The rules could not be loaded; the old set stays in force',
  },
} as const
