import type { advisoryAnswerLinkApi } from '@haidang/contracts/advisory-answer-link'
import type { answerLinkApi } from '@haidang/contracts/answer-link'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AdvisoryLinkService } from './advisory-link-service.ts'
import type { AnswerLinkService } from './answer-link-service.ts'

export function answerLinkRoutes(links: AnswerLinkService): Handlers<typeof answerLinkApi> {
  return {
    read: ({ body }) => links.read(body.token),
    answer: ({ body, http }) => links.answer(body, http.request.ip),
  }
}

export function advisoryLinkRoutes(
  links: AdvisoryLinkService,
): Handlers<typeof advisoryAnswerLinkApi> {
  return {
    read: ({ body }) => links.read(body.token),
    answer: ({ body, http }) => links.answer(body, http.request.ip),
  }
}
