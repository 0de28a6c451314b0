import { type Client, createClient, type Send } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { send, Unreachable } from './send.ts'

type AnyClient = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

/**
 * A client whose table of endpoints is fetched with its first call: what a page never asks is not loaded before the
 * first paint. Where the table cannot be fetched the call fails as unreachable, and the next one tries again.
 */
export function lateClient<A extends Api>(load: () => Promise<A>, sender: Send = send): Client<A> {
  let fetched: Promise<AnyClient> | undefined
  const client = () => {
    fetched ??= load().then(
      (table) => createClient(table, sender) as AnyClient,
      (error: unknown) => {
        fetched = undefined
        throw new Unreachable(String(error))
      },
    )
    return fetched
  }
  const calls = new Proxy(
    {},
    {
      get:
        (_, name) =>
        async (...given: unknown[]) =>
          (await client())[String(name)]?.(...given),
    },
  )
  return calls as Client<A>
}
