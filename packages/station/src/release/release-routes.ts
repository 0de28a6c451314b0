import type { releaseApi } from '@haidang/contracts/release-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DirectMonitoring } from '../direct/monitoring.ts'
import { readPolicy, writePolicy } from './policy-text.ts'
import type { ReleasePreviewer } from './release-preview.ts'
import type { ReleaseService } from './release-service.ts'

export function releaseRoutes(
  release: ReleaseService,
  previewer: ReleasePreviewer,
  monitoring: DirectMonitoring,
): Handlers<typeof releaseApi> {
  return {
    inForce: ({ caller }) => release.inForce(caller),
    versions: ({ caller, query }) => release.versions(caller, query),
    publish: ({ caller, body }) => release.publish(caller, body),
    preview: ({ caller, body }) => previewer.preview(caller, body),
    monitoring: () => monitoring.own(),
    read: async ({ body }) => ({ policy: readPolicy(body.text) }),
    write: async ({ body }) => ({ text: writePolicy(body.policy) }),
  }
}
