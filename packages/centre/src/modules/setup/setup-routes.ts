import type { setupApi } from '@haidang/contracts/person-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { SetupService } from './setup-service.ts'

export function setupRoutes(setup: SetupService): Handlers<typeof setupApi> {
  return {
    state: () => setup.state(),
    complete: ({ body }) => setup.complete(body),
  }
}
