import type { PayloadOf } from '@haidang/contracts/approval'
import type { systemImportApi } from '@haidang/contracts/system-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../http/send-sheet.ts'
import type { SystemExportService } from './export-service.ts'
import type { SystemImportService } from './import-service.ts'

export function systemImportRoutes(
  imports: SystemImportService,
  exports: SystemExportService,
  requireMayExport: (
    caller: Caller,
    asked: PayloadOf<'system.export'>,
    approval: string | undefined,
  ) => Promise<void>,
): Handlers<typeof systemImportApi> {
  return {
    start: ({ caller, body }) => imports.start(caller, body),
    get: ({ caller, params }) => imports.get(caller, params.id),
    apply: ({ caller, params }) => imports.apply(caller, params.id),
    refused: async ({ caller, params, http: { reply } }) => {
      const { bytes, format } = await imports.refused(caller, params.id)
      return sendSheet(reply, 'systems-refused', format, bytes)
    },
    template: ({ query, http: { reply } }) =>
      sendSheet(reply, 'systems-template', query.format, exports.template(query.format)),
    export: async ({ caller, query: { approval, ...asked }, http: { reply } }) => {
      await requireMayExport(caller, asked, approval)
      const bytes = await exports.export(caller, asked)
      return sendSheet(reply, 'systems', asked.format, bytes)
    },
  }
}
