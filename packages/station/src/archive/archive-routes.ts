import type { archiveApi } from '@haidang/contracts/archive-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ArchiveService } from './archive-service.ts'

/** `signal` ends a turn that was asked for when the node stops. */
export function archiveRoutes(
  archive: ArchiveService,
  signal: AbortSignal,
): Handlers<typeof archiveApi> {
  return {
    status: ({ caller }) => archive.status(caller),
    files: ({ caller, query }) => archive.files(caller, query),
    run: ({ caller }) => archive.run(caller, signal),
    verify: ({ caller, body }) => archive.verify(caller, body),
    restore: ({ caller, body }) => archive.restore(caller, body),
    retention: ({ caller }) => archive.retention(caller),
    retentionVersions: ({ caller, query }) => archive.retentionVersions(caller, query),
    publishRetention: ({ caller, body }) => archive.publishRetention(caller, body),
    previewRetention: ({ caller, body }) => archive.previewRetention(caller, body),
  }
}
