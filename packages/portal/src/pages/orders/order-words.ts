export const orderFields = [
  'number',
  'title',
  'text',
  'kind',
  'urgency',
  'state',
  'incident_id',
  'issuer_id',
  'issued_at',
  'updated_at',
  'report_due_at',
  'tlp',
  'simulated',
  'id',
] as const

export const orderViewFilters = {
  open: 'state:issued',
  closed: 'not state:issued',
} as const
