import type { parentConfigurationApi } from '@haidang/contracts/parent-configuration-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DirectedSettings } from './configuration.ts'

export function parentConfigurationRoutes(
  settings: DirectedSettings,
): Handlers<typeof parentConfigurationApi> {
  return {
    get: () => settings.own(),
    decide: ({ caller, body }) => settings.decide(caller, body),
  }
}
