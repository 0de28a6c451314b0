import type { journalApi } from '@haidang/contracts/journal-api'
import type { ExportQuery } from '@haidang/contracts/journal-export'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { CheckService } from './check-service.ts'
import type { DigestService } from './digest-service.ts'
import { exportFormats } from './export.ts'
import { type ExportService, sendTexts } from './export-service.ts'
import type { JournalService } from './journal-service.ts'

export function journalRoutes(
  journal: JournalService,
  checks: CheckService,
  digests: DigestService,
  exports: ExportService,
  requireMayExport: (
    caller: Caller,
    asked: ExportQuery,
    approval: string | undefined,
  ) => Promise<void>,
): Handlers<typeof journalApi> {
  return {
    list: ({ caller, query }) => journal.list(caller, query),
    get: ({ caller, params }) => journal.get(caller, params.id),
    chain: ({ caller }) => checks.chain(caller),
    cancelCheck: async ({ caller }) => checks.cancel(caller),
    verify: ({ caller, body }) => checks.start(caller, body),
    check: async ({ caller }) => checks.state(caller),
    export: async ({ caller, query: { approval, ...asked }, http: { reply } }) => {
      await requireMayExport(caller, asked, approval)
      const texts = await exports.begin(caller, asked)
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': exportFormats[asked.format].mediaType,
        'content-disposition': `attachment; filename="journal.${asked.format}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      await sendTexts(reply.raw, texts)
    },
    digests: ({ caller, query }) => digests.list(caller, query),
    digest: ({ caller, params }) => digests.get(caller, params.day),
  }
}
