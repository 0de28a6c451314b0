import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Checklist, Day, Inspection, InspectionDraft } from './inspection.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('inspection') })
const version = z.int().describe('what was read; refused where somebody changed it since')

export const inspectionApi = {
  checklist: endpoint({
    method: 'GET',
    path: '/api/v1/inspection-checklist',
    permission: 'station.read',
    summary: 'Read the checklist stations are inspected by, and how often',
    reply: Checklist,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/inspections',
    permission: 'station.read',
    summary: 'List inspections of stations, newest first',
    query: PageQuery,
    reply: pageOf(Inspection),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/inspections/:id',
    permission: 'station.read',
    summary: 'Read one inspection',
    params,
    reply: Inspection,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/inspections',
    permission: 'station.manage',
    summary: 'Record an inspection of a station, as a draft',
    body: InspectionDraft.extend({ station_id: idOf('station') }),
    reply: Inspection,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/inspections/:id',
    permission: 'station.manage',
    summary: 'Write a draft anew',
    params,
    body: InspectionDraft.extend({ version }),
    reply: Inspection,
  }),
  sign: endpoint({
    method: 'POST',
    path: '/api/v1/inspections/:id/sign',
    permission: 'station.manage',
    summary: 'Sign an inspection off; it can no longer be changed',
    params,
    body: z.object({ version }),
    reply: Inspection,
  }),
  remedy: endpoint({
    method: 'POST',
    path: '/api/v1/inspections/:id/remedies',
    permission: 'station.manage',
    summary: 'Say that a finding of a signed inspection was remedied',
    params,
    body: z.object({
      finding: z.int().min(0).max(99).describe('its place in the list, from 0'),
      remedied_on: Day,
      note: z.string().trim().min(3).max(2_000),
    }),
    reply: Inspection,
  }),
}
