/** Refusals of the place where files lie. */
export const blobProblems = {
  'blobs.unavailable': {
    status: 503,
    vi: 'Kho tệp đang không trả lời',
    en: 'The file store does not answer',
  },
  'blobs.refused': {
    status: 502,
    vi: 'Kho tệp từ chối nút này',
    en: 'The file store refuses this node',
  },
} as const
