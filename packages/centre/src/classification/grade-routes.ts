import type { gradeApi } from '@haidang/contracts/grade-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from '../http/client.ts'
import type { Classifier } from './classifier.ts'
import type { GradeService } from './grade-service.ts'

interface GradeRouteParts {
  readonly grades: GradeService
  readonly classifier: Classifier
  readonly clock: Clock
  readonly clientOf: (request: Exchange['http']['request']) => Client
}

export function gradeRoutes({
  grades,
  classifier,
  clock,
  clientOf,
}: GradeRouteParts): Handlers<typeof gradeApi> {
  return {
    classification: async () => classifier.at(clock.iso()),
    grading: ({ caller, params }) => grades.grading(caller, params.id),
    decide: ({ caller, params, body, http }) =>
      grades.decide(caller, clientOf(http.request), params.id, body),
  }
}
