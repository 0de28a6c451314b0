import { createHash } from 'node:crypto'
import type { csafProviderApi } from '@haidang/contracts/csaf-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { CsafProvider, Provided } from './csaf-provider-service.ts'

export function csafProviderRoutes(provider: CsafProvider): Handlers<typeof csafProviderApi> {
  return {
    metadata: async ({ http }) => send(http, await provider.metadata()),
    key: async ({ params, http }) => send(http, await provider.key(params.file)),
    list: async ({ params, http }) => send(http, await provider.list(params.file)),
    file: async ({ params, http }) => send(http, await provider.file(params.year, params.file)),
  }
}

/** Fetched by programs everywhere: kept for five minutes, then asked for by its tag; pages of other sites may read it. */
async function send({ request, reply }: Exchange['http'], { type, content }: Provided) {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
  reply
    .header('cache-control', 'public, max-age=300')
    .header('etag', etag)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
  if (request.headers['if-none-match'] === etag) await reply.code(304).send()
  else await reply.type(type).send(content)
}
