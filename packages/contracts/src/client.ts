import type { Api, Call, Reply } from './endpoint.ts'

export type Client<A extends Api> = {
  [K in keyof A]: (call: Call<A[K]>, signal?: AbortSignal) => Promise<Reply<A[K]>>
}

/** Sends one request and gives back the parsed JSON body; throws what the caller wants refusals to be. */
export type Send = (
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
) => Promise<unknown>

interface AnyCall {
  readonly params?: Record<string, string>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
}

/** A typed client for any endpoint table; portal, command line and tests all speak through it. */
export function createClient<A extends Api>(api: A, send: Send): Client<A> {
  const calls = Object.entries(api).map(([name, e]) => [
    name,
    async (call: AnyCall, signal?: AbortSignal) =>
      e.reply.parse(await send(e.method, urlOf(e.path, call), call.body, signal)),
  ])
  return Object.fromEntries(calls) as Client<A>
}

function urlOf(path: string, { params, query }: AnyCall): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(params?.[key] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(key, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}
