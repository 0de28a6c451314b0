import type { Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { BetterAuthPlugin } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAuthEndpoint, isAPIError } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { generateRandomString } from 'better-auth/crypto'
import { betterAuth } from 'better-auth/minimal'
import { z } from 'zod'
import type { Client } from '../../http/client.ts'
import { hashOfPassword, isPasswordOf } from '../../password-hash.ts'
import { account, session, user, verification } from './account-tables.ts'

/** A session that has just been opened; its token is for the store, its cookies for the browser. */
export interface Opened {
  readonly person_id: string
  readonly token: string
  readonly cookies: Cookies
}

/** `Set-Cookie` headers to send with the answer. */
type Cookies = readonly string[]

export interface LiveSession {
  readonly id: string
  readonly person_id: string
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
   * A new session of so many seconds where e-mail and password agree, else undefined. Takes as long for an unknown
   * e-mail as for a wrong password (a hash is computed either way).
   */
  async signIn(
    tx: Tx,
    client: Client,
    { email, password }: { readonly email: string; readonly password: string },
    seconds: number,
  ): Promise<Opened | undefined> {
    const call = this.#over(tx, client.secure, seconds).api.signInEmail({
      body: { email, password },
      headers: headersOf(client),
      returnHeaders: true,
    })
    const answer = await refusable(call)
    if (!answer) return undefined
    const { user, token } = answer.response
    return { person_id: user.id, token, cookies: answer.headers.getSetCookie() }
  }

  /** A new session for somebody who has proved who they are in another way. */
  async openFor(tx: Tx, client: Client, personId: string, seconds: number): Promise<Opened> {
    const { response, headers } = await this.#over(tx, client.secure, seconds).api.openFor({
      body: { person_id: personId },
      headers: headersOf(client),
      returnHeaders: true,
    })
    return { person_id: personId, token: response.token, cookies: headers.getSetCookie() }
  }

  /** The token a cookie names a session by, whether there still is one or not. */
  tokenIn({ cookie, secure }: Client): string | undefined {
    const name = secure ? `__Host-${this.#cookie}` : this.#cookie
    const pair = cookie?.split(/; */).find((each) => each.startsWith(`${name}=`))
    return /^[\w-]{16,200}(?=\.|%2E)/i.exec(pair?.slice(name.length + 1) ?? '')?.[0]
  }

  /** The session a cookie stands for. */
  async find(tx: Tx, client: Client): Promise<LiveSession | undefined> {
    if (!client.cookie) return undefined
    const call = this.#over(tx, client.secure).api.getSession({
      headers: headersOf(client),
      query: { disableRefresh: true },
    })
    const answer = await refusable(call)
    if (!answer) return undefined
    const { id, userId } = answer.session
    return { id, person_id: userId }
  }

  /** The session of a cookie goes on under a new token; the old one opens nothing any more. Undefined without a session. */
  async renew(tx: Tx, client: Client, seconds: number): Promise<Cookies | undefined> {
    const { api } = this.#over(tx, client.secure, seconds)
    const headers = headersOf(client)
    const query = { disableRefresh: true }
    const found = await refusable(api.getSession({ headers, query }))
    if (!found) return undefined
    const { token } = found.session
    const answer = await api.renew({ body: { token }, headers, returnHeaders: true })
    return answer.headers.getSetCookie()
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
    { current, next }: { readonly current: string; readonly next: string },
    seconds: number,
  ): Promise<Omit<Opened, 'person_id'> | undefined> {
    const call = this.#over(tx, client.secure, seconds).api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: headersOf(client),
      returnHeaders: true,
    })
    const answer = await refusable(call)
    if (!answer?.response.token) return undefined
    return { token: answer.response.token, cookies: answer.headers.getSetCookie() }
  }

  // An instance costs under a millisecond, and one for each transaction keeps transactions explicit.
  #over(tx: Tx, secure: boolean, seconds = 60) {
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
        password: {
          hash: hashOfPassword,
          verify: ({ hash, password }) => isPasswordOf(hash, password),
        },
      },
      session: { expiresIn: seconds },
      plugins: [opening],
      // Ours count failures by account and address, in the database.
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      advanced: {
        cookiePrefix: 'haidang',
        // Browsers take `__Host-` from this very host over TLS alone: no neighbour below the same domain can set one.
        cookies: { session_token: { name: secure ? `__Host-${this.#cookie}` : this.#cookie } },
        useSecureCookies: false,
        defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
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

/** Never routed: `SessionStore` alone calls it. */
const opening = {
  id: 'haidang-opening',
  endpoints: {
    openFor: createAuthEndpoint(
      '/haidang/open',
      {
        method: 'POST',
        body: z.object({ person_id: z.string() }),
        metadata: { SERVER_ONLY: true },
        requireHeaders: true,
      },
      async (ctx) => {
        const adapter = ctx.context.internalAdapter
        const found = await adapter.findUserById(ctx.body.person_id)
        if (!found) throw new Error('a person without an account cannot open a session')
        const made = await adapter.createSession(found.id)
        await setSessionCookie(ctx, { session: made, user: found })
        return ctx.json({ token: made.token })
      },
    ),
    renew: createAuthEndpoint(
      '/haidang/renew',
      {
        method: 'POST',
        body: z.object({ token: z.string() }),
        metadata: { SERVER_ONLY: true },
        requireHeaders: true,
      },
      async (ctx) => {
        const adapter = ctx.context.internalAdapter
        const token = generateRandomString(32)
        await adapter.updateSession(ctx.body.token, { token })
        const renewed = await adapter.findSession(token)
        if (!renewed) throw new Error('a session was not found under its new token')
        await setSessionCookie(ctx, renewed)
        return ctx.json({})
      },
    ),
  },
} satisfies BetterAuthPlugin

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
