/** Ways in which something about the work on an incident is refused. */
export const caseworkProblems = {
  'task.not-found': { status: 404, vi: 'Không có việc này', en: 'No such task' },
  'task.not-yours': {
    status: 403,
    vi: 'Việc này do tổ chức khác giao, chỉ họ sửa được',
    en: 'Another organisation gave this task; only they change it',
  },
  'task.not-assigned': {
    status: 403,
    vi: 'Việc này giao cho người khác: hãy nhờ họ, hoặc nhận việc trước',
    en: 'This task was given to somebody else; ask them, or take it over first',
  },
  'task.illegal-move': {
    status: 409,
    vi: 'Việc không thể chuyển sang trạng thái đó',
    en: 'The task cannot move to that state',
  },
  'task.blocked': {
    status: 409,
    vi: 'Việc phải làm trước chưa xong',
    en: 'Something this task depends on is not finished',
  },
  'task.circular': {
    status: 400,
    vi: 'Hai việc không thể chờ lẫn nhau: hãy bỏ bớt việc phải làm trước',
    en: 'Two tasks cannot wait for each other; take a dependency away',
  },
  'task.dependency-unknown': {
    status: 400,
    vi: 'Việc phải làm trước không thuộc sự cố này',
    en: 'What it depends on is no task of this incident',
  },
  'task.note-required': {
    status: 400,
    vi: 'Hãy nêu lý do',
    en: 'Say why',
  },
  'task.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa sửa việc này, hãy tải lại',
    en: 'Somebody has just changed this task; reload',
  },
  'task.too-many': {
    status: 409,
    vi: 'Sự cố đã có quá nhiều việc',
    en: 'The incident has too many tasks',
  },
  'task.item-unknown': {
    status: 404,
    vi: 'Danh mục kiểm tra không có dòng này',
    en: 'The checklist has no such line',
  },
  'task.template-unknown': {
    status: 404,
    vi: 'Không có mẫu việc này trong quy định đang hiệu lực',
    en: 'No such template is in force',
  },
  'note.not-yours': {
    status: 403,
    vi: 'Chỉ nơi xử lý sự cố, và tổ chức tham gia được ghi chú, viết vào dòng thời gian',
    en: 'Only who handles the incident, and organisations that take part and may write notes, write in its timeline',
  },
  'note.mention-unseen': {
    status: 400,
    vi: 'Có người được nhắc tên không đọc được ghi chú này: bỏ tên họ, hoặc cho tổ chức của họ tham gia trước',
    en: 'Somebody named may not read this note: leave them out, or let their organisation take part first',
  },
  'participant.not-found': {
    status: 404,
    vi: 'Tổ chức này không tham gia sự cố',
    en: 'This organisation does not take part in the incident',
  },
  'participant.there': {
    status: 409,
    vi: 'Tổ chức này đã tham gia sự cố: hãy sửa phạm vi của họ',
    en: 'This organisation takes part already: change what it sees',
  },
  'participant.owner': {
    status: 409,
    vi: 'Sự cố là của chính tổ chức này',
    en: 'The incident is this organisation’s own',
  },
  'participant.red': {
    status: 409,
    vi: 'TLP:RED chỉ nêu tên từng người: hạ TLP trước, hoặc chia sẻ cho người cụ thể',
    en: 'TLP:RED names people alone: lower the TLP first, or tell single people',
  },
  'participant.changed-meanwhile': {
    status: 409,
    vi: 'Có người vừa sửa việc tham gia này, hãy tải lại',
    en: 'Somebody has just changed this participation; reload',
  },
  'observable.not-found': { status: 404, vi: 'Không có giá trị này', en: 'No such value' },
  'observable.too-many': {
    status: 409,
    vi: 'Sự cố đã có quá nhiều giá trị quan sát',
    en: 'The incident has too many observables',
  },
  'incident.tasks-open': {
    status: 409,
    vi: 'Còn việc chưa xong: hãy làm xong hoặc bỏ việc trước khi đóng sự cố',
    en: 'Tasks of this incident are not finished; finish or cancel them first',
  },
} as const
