import type { Exchange } from '@haidang/runtime/http/serve'

/** An answer and the `Set-Cookie` headers that go with it. */
export interface WithCookies<T> {
  readonly body: T
  readonly cookies: readonly string[]
}

/** Sets the cookies of an answer. */
export function sent<T>({ reply }: Exchange['http'], { body, cookies }: WithCookies<T>): T {
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return body
}
