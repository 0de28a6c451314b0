import type { publicAdvisoryApi } from '@haidang/contracts/public-advisory'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { CsafProvider } from '../csaf/csaf-provider-service.ts'
import type { PublicationService } from './publication-service.ts'

export function publicationRoutes(
  publications: PublicationService,
  provider: CsafProvider,
): Handlers<typeof publicAdvisoryApi> {
  return {
    list: ({ query }) => publications.list(query),
    get: async ({ params }) => {
      const page = await publications.get(params.number)
      return { ...page, csaf: await provider.addressOf(page) }
    },
  }
}
