/** Ways in which merging or linking incidents is refused. */
export const incidentMergeProblems = {
  'incident.merged': {
    status: 409,
    vi: 'Sự cố đã gộp vào sự cố khác: xử lý ở đó, hoặc tách ra trước',
    en: 'The incident is merged into another: act there, or take the merge back first',
  },
  'incident.unmergeable': {
    status: 409,
    vi: 'Hiện không gộp được sự cố này',
    en: 'This incident cannot be merged now',
  },
  'incident.merged-too-much': {
    status: 409,
    vi: 'Quá nhiều để gộp vào một sự cố: mỗi loại gắn kèm phải dưới 2.000',
    en: 'Too much for one incident: fewer than 2,000 of each kind may hang on those merged',
  },
  'merge.task-there': {
    status: 409,
    vi: 'Sự cố nhận đã có việc này theo cùng mẫu: để việc ở lại sự cố chính, hoặc bỏ việc trùng trước',
    en: 'The incident has this task of the same template already: leave it with the main one, or drop it first',
  },
  'incident.unlike': {
    status: 409,
    vi: 'Chỉ gộp sự cố của cùng một tổ chức, cùng là thật, diễn tập hay mô phỏng; sự cố của các tổ chức khác nhau thì liên kết',
    en: 'Only incidents of one organisation are merged, all real, all exercise or all simulated; link those of several',
  },
  'incident.merged-stricter': {
    status: 409,
    vi: 'Một sự cố đã gộp vào đây chặt hơn: đổi ở sự cố đó sau khi tách ra',
    en: 'An incident merged into this one is stricter: change it there after taking the merge back',
  },
  'incident-link.not-found': { status: 404, vi: 'Không có liên kết này', en: 'No such link' },
  'incident-link.loop': {
    status: 409,
    vi: 'Liên kết này khép thành vòng, hoặc sự cố đã thuộc một chiến dịch khác',
    en: 'The link would close a loop, or the incident is part of another campaign already',
  },
} as const
