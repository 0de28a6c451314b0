import type { journalApi } from '@haidang/contracts/journal-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { CheckService } from './check-service.ts'
import type { DigestService } from './digest-service.ts'
import type { JournalService } from './journal-service.ts'

export function journalRoutes(
  journal: JournalService,
  checks: CheckService,
  digests: DigestService,
): Handlers<typeof journalApi> {
  return {
    list: ({ caller, query }) => journal.list(caller, query),
    verify: ({ caller, body }) => checks.start(caller, body),
    check: async ({ caller }) => checks.state(caller),
    digests: ({ caller, query }) => digests.list(caller, query),
    digest: ({ caller, params }) => digests.get(caller, params.day),
  }
}
