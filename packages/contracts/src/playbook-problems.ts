/** Ways in which something about a playbook is refused. */
export const playbookProblems = {
  'playbook.not-found': {
    status: 404,
    vi: 'Không có phương án ứng cứu này',
    en: 'No such playbook',
  },
  'playbook.not-yours': {
    status: 403,
    vi: 'Phương án này của tổ chức khác: hãy tạo bản sao để sửa',
    en: 'This playbook is another organisation’s; make a copy to change it',
  },
  'playbook.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa sửa phương án này: hãy giữ lại phần đang viết, tải lại rồi sửa tiếp',
    en: 'Somebody has just changed this playbook; keep what you wrote, reload, then go on',
  },
  'playbook.nothing-to-publish': {
    status: 409,
    vi: 'Chưa có bản nháp để ban hành',
    en: 'There is no draft to publish',
  },
  'playbook.not-in-force': {
    status: 409,
    vi: 'Phương án chưa hoặc không còn hiệu lực',
    en: 'The playbook is not in force',
  },
  'playbook.retired': {
    status: 409,
    vi: 'Phương án đã bãi bỏ: hãy tạo bản sao để viết tiếp',
    en: 'The playbook was retired; make a copy to go on writing',
  },
  'playbook.day-passed': {
    status: 400,
    vi: 'Ngày này đã qua, hoặc sớm hơn ngày của bản trước',
    en: 'This day has passed, or is before that of the last version',
  },
  'playbook.too-confidential': {
    status: 409,
    vi: 'Mức TLP của phương án không cho đơn vị cấp dưới dùng',
    en: 'The TLP of the playbook does not allow organisations below to use it',
  },
  'playbook.unreadable': {
    status: 400,
    vi: 'Tệp phương án không đọc được',
    en: 'The file of playbooks cannot be read',
  },
  'playbook.invalid': {
    status: 400,
    vi: 'Nội dung phương án chưa đúng',
    en: 'What the playbook says is not right',
  },
} as const
