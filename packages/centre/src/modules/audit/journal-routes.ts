import type { journalApi } from '@haidang/contracts/journal-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { JournalService } from './journal-service.ts'

export function journalRoutes(journal: JournalService): Handlers<typeof journalApi> {
  return {
    list: ({ caller, query }) => journal.list(caller, query),
    verify: ({ caller }) => journal.verify(caller),
  }
}
