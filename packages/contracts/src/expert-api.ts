import { z } from 'zod'
import { Approved } from './approved.ts'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { Expert, ExpertDraft, Speciality } from './expert.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'

const params = z.object({ id: idOf('organisation') })
const expertParams = params.extend({ expert: idOf('expert') })

export const expertApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/experts',
    permission: 'expert.read',
    summary: 'Find experts of members by speciality, on-call duty, province, certificate, words',
    query: PageQuery,
    reply: pageOf(Expert),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/expert-export',
    permission: 'expert.read',
    summary: 'The experts a filter finds as a sheet; the journal says who took them along',
    query: z.object({
      format: SheetFormat,
      filter: PageQuery.shape.filter,
      approval: Approved,
    }),
    reply: z.unknown(),
  }),
  specialities: endpoint({
    method: 'GET',
    path: '/api/v1/specialities',
    permission: 'expert.read',
    summary: 'The specialities experts are told apart by, and their clauses',
    reply: z.object({ profile: z.string(), specialities: z.array(Speciality) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/experts',
    permission: 'expert.manage',
    summary: 'Add an expert to the roster of a member',
    params,
    body: ExpertDraft,
    reply: Expert,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/organisations/:id/experts/:expert',
    permission: 'expert.manage',
    summary: 'Change what the roster says of an expert',
    params: expertParams,
    body: changeOf(ExpertDraft),
    reply: Expert,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/organisations/:id/experts/:expert',
    permission: 'expert.manage',
    summary: 'Take an expert out of the roster: what was kept of them is deleted',
    params: expertParams,
    reply: z.object({}),
  }),
}
