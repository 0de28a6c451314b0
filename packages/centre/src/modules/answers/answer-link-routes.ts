import type { answerLinkApi } from '@haidang/contracts/answer-link'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AnswerLinkService } from './answer-link-service.ts'

export function answerLinkRoutes(links: AnswerLinkService): Handlers<typeof answerLinkApi> {
  return {
    read: ({ body }) => links.read(body.token),
    answer: ({ body, http }) => links.answer(body, http.request.ip),
  }
}
