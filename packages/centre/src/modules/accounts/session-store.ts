import type { Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { isAPIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { account, session, user, verification } from './account-tables.ts'

const hour = 3600
/** A shift; a session in use is prolonged. */
const sessionSeconds = 12 * hour
const prolongSeconds = hour / 2

/** What of a request a session hangs on. */
export interface Client {
  readonly cookie: string | undefined
  readonly user_agent: string | undefined
  /** Network address, as far as proxies are trusted. */
  readonly address: string
  /** Whether the browser came over https: decides on the cookie's `Secure`. */
  readonly secure: boolean
}

/** `Set-Cookie` headers to send with the answer. */
type Cookies = readonly string[]

export interface LiveSession {
  readonly id: string
  readonly person_id: string
  readonly cookies: Cookies
}

/**
 * Passwords and server sessions by better-auth, over the tables of schema `auth`, always inside a given
 * transaction with the node's scope: what better-auth writes is kept or lost with the journal entry of the act.
 */
export class SessionStore {
  readonly #secret: string
  readonly #log: Log
  readonly #cookie: string

  /**
   * `secret` signs cookies: at least 32 random bytes that outlive a restart. The cookie bears the node in its
   * name: browsers share cookies between all ports of a host, where several nodes may listen.
   */
  constructor(secret: string, log: Log, nodeId: string) {
    this.#secret = secret
    this.#log = log
    this.#cookie = `haidang_session_${nodeId.slice(-12)}`
  }

  /**
   * A new session where e-mail and password agree, else undefined. Takes as long for an unknown
   * e-mail as for a wrong password (a hash is computed either way).
   */
  async signIn(
    tx: Tx,
    client: Client,
    email: string,
    password: string,
  ): Promise<{ person_id: string; cookies: Cookies } | undefined> {
    const call = this.#over(tx, client.secure).api.signInEmail({
      body: { email, password },
      headers: headersOf(client),
      returnHeaders: true,
    })
    const answer = await refusable(call)
    if (!answer) return undefined
    return { person_id: answer.response.user.id, cookies: answer.headers.getSetCookie() }
  }

  /** The session a cookie stands for; prolonged where `prolong` and it is time. */
  async find(tx: Tx, client: Client, prolong: boolean): Promise<LiveSession | undefined> {
    if (!client.cookie) return undefined
    const call = this.#over(tx, client.secure).api.getSession({
      headers: headersOf(client),
      query: { disableRefresh: !prolong },
      returnHeaders: true,
    })
    const answer = await refusable(call)
    if (!answer?.response) return undefined
    const { id, userId } = answer.response.session
    return { id, person_id: userId, cookies: answer.headers.getSetCookie() }
  }

  /** Ends the session of a cookie, if there is one, and takes the cookie back. */
  async signOut(tx: Tx, client: Client): Promise<Cookies> {
    const { headers } = await this.#over(tx, client.secure).api.signOut({
      headers: headersOf(client),
      returnHeaders: true,
    })
    return headers.getSetCookie()
  }

  /** Replaces the password, ends all sessions and opens a new one; undefined where `current` is wrong. */
  async changePassword(
    tx: Tx,
    client: Client,
    current: string,
    next: string,
  ): Promise<Cookies | undefined> {
    const call = this.#over(tx, client.secure).api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: headersOf(client),
      returnHeaders: true,
    })
    return (await refusable(call))?.headers.getSetCookie()
  }

  // An instance costs under a millisecond, and one for each transaction keeps transactions explicit.
  #over(tx: Tx, secure: boolean) {
    return betterAuth({
      appName: 'Hai Dang',
      baseURL: 'http://127.0.0.1',
      secret: this.#secret,
      database: drizzleAdapter(tx, {
        provider: 'pg',
        schema: { user, session, account, verification },
      }),
      emailAndPassword: {
        enabled: true,
        disableSignUp: true,
        minPasswordLength: 12,
        maxPasswordLength: 128,
      },
      session: { expiresIn: sessionSeconds, updateAge: prolongSeconds },
      // Ours count failures by account and address, in the database.
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      advanced: {
        cookiePrefix: 'haidang',
        cookies: { session_token: { name: this.#cookie } },
        useSecureCookies: secure,
        defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
        ipAddress: { ipAddressHeaders: [addressHeader] },
      },
      logger: {
        log: (level, message) => {
          if (level === 'error') this.#log.error({ part: 'better-auth' }, message)
        },
      },
    })
  }
}

/** Set by us alone: the headers better-auth sees are made here, not by the sender. */
const addressHeader = 'x-haidang-address'

function headersOf({ cookie, user_agent, address }: Client): Headers {
  const headers = new Headers({ [addressHeader]: address })
  if (cookie) headers.set('cookie', cookie)
  if (user_agent) headers.set('user-agent', user_agent.slice(0, 300))
  return headers
}

/** Undefined where better-auth refuses; a fault of the system stays an error. */
async function refusable<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return undefined
    throw error
  }
}
