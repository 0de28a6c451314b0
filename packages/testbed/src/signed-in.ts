import { type Client, createClient, type Send } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import type { ProblemDetails } from '@haidang/contracts/problems'
import { Refusal } from '@haidang/haidang/api-sender'

/** Somebody with a session, as their browser would hold it. */
export interface SignedIn {
  /** Of the node. */
  readonly url: string
  /** `name=value`, as it stands in a Cookie header. */
  readonly cookie: string
  /** A typed client with the rights of this person; refusals are thrown as `Refusal`. */
  api<A extends Api>(api: A): Client<A>
}

/** Signs in over HTTP, as the portal does; throws what the node answered if it refuses. */
export async function signedIn(url: string, email: string, password: string): Promise<SignedIn> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Refusal((await response.json()) as ProblemDetails)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  return { url, cookie, api: (api) => createClient(api, cookieSender(url, cookie)) }
}

function cookieSender(url: string, cookie: string): Send {
  return async (method, path, body, signal) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        cookie,
        origin: new URL(url).origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refusal(answer as ProblemDetails)
    return answer
  }
}
