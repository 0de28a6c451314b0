/** What of a request a session hangs on. */
export interface Client {
  readonly cookie: string | undefined
  readonly user_agent: string | undefined
  /** Network address, as far as proxies are trusted. */
  readonly address: string
  /** Whether the browser came over https: decides on the cookie's `Secure`. */
  readonly secure: boolean
  /** Name the browser called us by, without port, and its whole origin: what passkeys are bound to. */
  readonly host: string
  readonly origin: string
}
