import { answerLinkApi } from '@haidang/contracts/answer-link'
import { systemScope } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { Jobs } from '@haidang/runtime/jobs'
import type { FastifyInstance } from 'fastify'
import { answerLinkRoutes } from './modules/answers/answer-link-routes.ts'
import { type AnswerLinkParts, AnswerLinkService } from './modules/answers/answer-link-service.ts'
import { AnswerLinkStore } from './modules/answers/answer-link-store.ts'

interface AnswerLinkWiring extends Omit<AnswerLinkParts, 'store'> {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** Answers to orders by the link in a mail. */
export function createAnswerLinks({ http, gate, ...parts }: AnswerLinkWiring) {
  const links = new AnswerLinkService({ ...parts, store: new AnswerLinkStore() })
  serve(http, answerLinkApi, answerLinkRoutes(links), gate)
  return {
    links,
    /** Forgets every night what ended long ago. */
    startJobs: (jobs: Jobs) =>
      jobs.every('answer-link-end', '27 3 * * *', () =>
        parts.database.transact(systemScope, (tx) => links.end(tx)),
      ),
  }
}
