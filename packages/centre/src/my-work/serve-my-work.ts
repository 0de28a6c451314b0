import { myWorkApi } from '@haidang/contracts/my-work'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { MyWorkView } from './my-work-view.ts'

type Parts = ConstructorParameters<typeof MyWorkView>[0] & {
  readonly http: FastifyInstance
  readonly gate: Gate
}

/** What is wanted from whoever asks. */
export function serveMyWork({ http, gate, ...parts }: Parts): void {
  const work = new MyWorkView(parts)
  serve(
    http,
    myWorkApi,
    {
      list: ({ caller, query }) => work.list(caller, query),
      count: ({ caller }) => work.count(caller),
    },
    gate,
  )
}
