import { advisoryAnswerLinkApi } from '@haidang/contracts/advisory-answer-link'
import { answerLinkApi } from '@haidang/contracts/answer-link'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { Jobs } from '@haidang/runtime/jobs'
import type { FastifyInstance } from 'fastify'
import {
  type AdvisoryLinkParts,
  AdvisoryLinkService,
} from './modules/answers/advisory-link-service.ts'
import { advisoryLinkRoutes, answerLinkRoutes } from './modules/answers/answer-link-routes.ts'
import { type AnswerLinkParts, AnswerLinkService } from './modules/answers/answer-link-service.ts'
import { AnswerLinkStore } from './modules/answers/answer-link-store.ts'
import { type KeeperParts, LinkKeeper } from './modules/answers/link-keeper.ts'

interface LinkWiring extends Omit<KeeperParts, 'store'> {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** Answers to orders by the link in a mail. */
export function createAnswerLinks({ http, gate, ...parts }: LinkWiring & AnswerLinkParts) {
  const { database, clock } = parts
  const store = new AnswerLinkStore()
  const links = new AnswerLinkService(new LinkKeeper('order', { ...parts, store }), parts)
  serve(http, answerLinkApi, answerLinkRoutes(links), gate)
  return {
    links,
    /** Forgets every night what ended more than a year ago. */
    startJobs: (jobs: Jobs) =>
      jobs.every('answer-link-end', '27 3 * * *', () =>
        database.transact(systemScope, (tx) =>
          store.removeBefore(tx, isoOf(clock.now() - 365 * 86_400_000)),
        ),
      ),
  }
}

/** Answers to advisories and warnings by the link in a mail. */
export function createAdvisoryLinks({ http, gate, ...parts }: LinkWiring & AdvisoryLinkParts) {
  const keeper = new LinkKeeper('advisory', { ...parts, store: new AnswerLinkStore() })
  const links = new AdvisoryLinkService(keeper, parts)
  serve(http, advisoryAnswerLinkApi, advisoryLinkRoutes(links), gate)
  return links
}
