import type { notificationPreferenceApi } from '@haidang/contracts/notification-preference'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { PreferenceService } from './preference-service.ts'

export function preferenceRoutes(
  preferences: PreferenceService,
): Handlers<typeof notificationPreferenceApi> {
  return {
    get: ({ caller }) => preferences.get(caller),
    change: ({ caller, body }) => preferences.change(caller, body),
  }
}
