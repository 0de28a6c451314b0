import type { playbookApi } from '@haidang/contracts/playbook-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { OfferService } from './offer-service.ts'
import type { PlaybookFileService } from './playbook-file-service.ts'
import type { PlaybookService } from './playbook-service.ts'

export function playbookRoutes(
  playbooks: PlaybookService,
  files: PlaybookFileService,
  offers: OfferService,
): Handlers<typeof playbookApi> {
  return {
    rules: async () => playbooks.rules,
    list: ({ caller, query }) => playbooks.list(caller, query),
    get: ({ caller, params }) => playbooks.get(caller, params.id),
    version: ({ caller, params }) => playbooks.version(caller, params.id, params.version),
    write: ({ caller, body }) => playbooks.write(caller, body),
    copy: ({ caller, body }) => files.copy(caller, body),
    import: async ({ caller, body }) => ({ items: await files.read(caller, body) }),
    save: ({ caller, params, body }) => playbooks.save(caller, params.id, body),
    discard: async ({ caller, params, body }) => {
      await playbooks.discard(caller, params.id, body.revision)
      return {}
    },
    publish: ({ caller, params, body }) => playbooks.publish(caller, params.id, body),
    share: ({ caller, params, body }) => playbooks.share(caller, params.id, body),
    review: ({ caller, params, body }) => playbooks.review(caller, params.id, body),
    retire: ({ caller, params, body }) => playbooks.retire(caller, params.id, body),
    file: ({ caller, params, query }) => files.file(caller, params.id, query.version),
    forIncident: async ({ caller, params }) => ({
      items: await offers.forIncident(caller, params.id),
    }),
  }
}
