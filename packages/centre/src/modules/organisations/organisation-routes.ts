import type { PayloadOf } from '@haidang/contracts/approval'
import type { organisationApi } from '@haidang/contracts/organisation-api'
import type { organisationImportApi } from '@haidang/contracts/organisation-import'
import type { organisationTieApi } from '@haidang/contracts/organisation-tie'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { ImportService } from './import-service.ts'
import type { OrganisationService } from './organisation-service.ts'
import type { TieService } from './tie-service.ts'

export function organisationRoutes(
  organisations: OrganisationService,
): Handlers<typeof organisationApi> {
  return {
    list: ({ caller, query }) => organisations.list(caller, query),
    get: ({ caller, params }) => organisations.get(caller, params.id),
    create: ({ caller, body }) => organisations.create(caller, body),
    update: ({ caller, params, body }) => organisations.update(caller, params.id, body),
  }
}

export function importRoutes(
  imports: ImportService,
  requireMayExport: (
    caller: Caller,
    asked: PayloadOf<'organisation.export'>,
    approval: string | undefined,
  ) => Promise<void>,
): Handlers<typeof organisationImportApi> {
  return {
    preview: ({ caller, body }) => imports.preview(caller, body),
    apply: ({ caller, body }) => imports.apply(caller, body),
    refused: async ({ caller, body, http: { reply } }) => {
      const bytes = await imports.refused(caller, body)
      return sendSheet(reply, 'organisations-refused', body.format, bytes)
    },
    template: ({ query, http: { reply } }) =>
      sendSheet(reply, 'organisations-template', query.format, imports.template(query)),
    export: async ({ caller, query: { approval, ...asked }, http: { reply } }) => {
      await requireMayExport(caller, asked, approval)
      const bytes = await imports.export(caller, asked)
      return sendSheet(reply, 'organisations', asked.format, bytes)
    },
  }
}

export function tieRoutes(ties: TieService): Handlers<typeof organisationTieApi> {
  return {
    list: ({ caller, params }) => ties.list(caller, params.id),
    add: ({ caller, params, body }) => ties.add(caller, params.id, body),
    change: ({ caller, params, body }) => ties.change(caller, params, body),
    remove: ({ caller, params }) => ties.remove(caller, params),
    tree: ({ caller, query }) => ties.tree(caller, query),
  }
}
