import type { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { BackTestService } from '../trials/back-test-service.ts'
import type { SampleService } from '../trials/sample-service.ts'
import type { ReviewService } from './review-service.ts'
import type { RuleService } from './rule-service.ts'
import type { RuleView } from './rule-view.ts'
import type { TuningService } from './tuning-service.ts'

interface RuleServices {
  readonly rules: RuleService
  readonly reviews: ReviewService
  readonly samples: SampleService
  readonly backTests: BackTestService
  readonly tunings: TuningService
  readonly view: RuleView
}

export function ruleLibraryRoutes(services: RuleServices): Handlers<typeof ruleLibraryApi> {
  const { rules, reviews, samples, backTests, tunings, view } = services
  return {
    list: ({ caller, query }) => rules.list(caller, query),
    get: ({ caller, params }) => rules.get(caller, params.id),
    import: ({ caller, body }) => rules.import(caller, body),
    lint: ({ caller, body }) => rules.lint(caller, body.documents),
    test: ({ caller, body }) => samples.test(caller, body),
    revise: ({ caller, params, body }) => rules.revise(caller, params.id, body),
    submit: ({ caller, params }) => reviews.submit(caller, params.id),
    review: ({ caller, params, body }) => reviews.review(caller, params.id, body),
    submitMany: ({ caller, body }) => reviews.submitMany(caller, body.ids),
    reviewMany: ({ caller, body }) => reviews.reviewMany(caller, body.reviews, body),
    withdraw: ({ caller, params, body }) => reviews.withdraw(caller, params.id, body.reason),
    backTests: ({ caller, params, query }) => backTests.list(caller, params.id, query),
    startBackTest: ({ caller, params, body }) => backTests.start(caller, params.id, body),
    backTest: ({ caller, params }) => backTests.get(caller, params.id),
    tunings: ({ caller, query }) => tunings.list(caller, query),
    tune: ({ caller, params, body }) => tunings.tune(caller, params.id, body),
    endTuning: ({ caller, params, body }) => tunings.end(caller, params.id, body.reason),
    statistics: ({ caller, query }) => view.statistics(caller, query.days),
    coverage: ({ caller }) => view.coverage(caller),
  }
}
