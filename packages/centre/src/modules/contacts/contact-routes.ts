import type { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ContactService } from './contact-service.ts'
import type { VerificationService } from './verification-service.ts'

export function contactRoutes(
  contacts: ContactService,
  verification: VerificationService,
): Handlers<typeof contactApi> {
  return {
    list: ({ caller, query }) => contacts.list(caller, query),
    add: ({ caller, params, body }) => contacts.add(caller, params.id, body),
    change: ({ caller, params, body }) => contacts.change(caller, params, body),
    remove: ({ caller, params }) => contacts.remove(caller, params),
    ask: ({ caller, params }) => verification.ask(caller, params),
  }
}

export function verificationRoutes(
  verification: VerificationService,
): Handlers<typeof contactVerificationApi> {
  return {
    read: ({ body }) => verification.read(body.token),
    answer: ({ body }) => verification.answer(body.token, body.correction),
  }
}
