import { products } from '@haidang/contracts/product-catalogue'
import type { sourceApi } from '@haidang/contracts/source-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { RejectService } from './reject-service.ts'
import type { SampleService } from './sample-service.ts'
import type { SilenceService } from './silence-service.ts'
import type { SourceService } from './source-service.ts'

export function sourceRoutes(
  sources: SourceService,
  rejects: RejectService,
  samples: SampleService,
  silences: SilenceService,
): Handlers<typeof sourceApi> {
  return {
    list: ({ caller, query }) => sources.list(caller, query),
    entrance: async () => samples.entrance(),
    products: async () => ({ items: [...products] }),
    samples: ({ caller, params, query }) => samples.samples(caller, params.id, query),
    survey: async ({ body }) => samples.pasted(body),
    create: ({ caller, body }) => sources.create(caller, body),
    update: ({ caller, params, body }) => sources.update(caller, params.id, body),
    remove: async ({ caller, params }) => {
      await sources.remove(caller, params.id)
      return { removed: true }
    },
    renewToken: async ({ caller, params }) => ({
      token: await sources.renewToken(caller, params.id),
    }),
    rhythm: ({ caller, params }) => silences.rhythm(caller, params.id),
    silences: ({ caller, query }) => silences.list(caller, query),
    rejects: ({ caller, query }) => rejects.list(caller, query),
    reject: ({ caller, params }) => rejects.get(caller, params.id),
    previewRejects: async ({ caller, body }) => ({
      items: await rejects.preview(caller, body.ids, body.format),
    }),
    replay: ({ caller, body: { format, ...choice } }) => rejects.replay(caller, choice, format),
    replays: ({ caller, query }) => rejects.listReplays(caller, query),
    replayProgress: ({ caller, params }) => rejects.findReplay(caller, params.id),
    stopReplay: ({ caller, params }) => rejects.stopReplay(caller, params.id),
  }
}
