import type { mailKeyApi } from '@haidang/contracts/mail-key'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { MailKeyService } from './mail-key-service.ts'

export function mailKeyRoutes(keys: MailKeyService): Handlers<typeof mailKeyApi> {
  return {
    list: () => keys.list(),
    make: ({ caller, body }) => keys.make(caller, body),
  }
}
