import type { overviewApi } from '@haidang/contracts/overview'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { OverviewView } from './overview-view.ts'

export function overviewRoutes(overview: OverviewView): Handlers<typeof overviewApi> {
  return { read: ({ caller }) => overview.read(caller) }
}
