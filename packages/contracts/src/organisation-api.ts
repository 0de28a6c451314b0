import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Organisation, OrganisationDraft, OrganisationSummary } from './organisation.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('organisation') })

export const organisationApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/organisations',
    permission: 'organisation.read',
    summary: 'List organisations',
    query: PageQuery,
    reply: pageOf(OrganisationSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/organisations/:id',
    permission: 'organisation.read',
    summary: 'Read one organisation',
    params,
    reply: Organisation,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/organisations',
    permission: 'organisation.manage',
    summary: 'Create an organisation',
    body: OrganisationDraft,
    reply: Organisation,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/organisations/:id',
    permission: 'organisation.manage',
    summary: 'Change an organisation',
    params,
    body: changeOf(OrganisationDraft),
    reply: Organisation,
  }),
}
