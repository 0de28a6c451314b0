import { millisecondsOf } from '@haidang/contracts/instant'
import type { ProviderCheck } from '@haidang/contracts/provider'
import { AddressBarred, guardedFetch } from '@haidang/runtime/http/guarded-fetch'
import { Problem } from '@haidang/runtime/problem'
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  ResponseBodyError,
} from 'openid-client'
import { z } from 'zod'

/** A provider as the protocol needs it. */
export interface Party {
  readonly issuer: string
  readonly client_id: string
  readonly secret: string | undefined
  /** Whether it may stand at a private address. */
  readonly inside: boolean
}

/** What one side of a sign-in remembers until the other side answers. */
export interface Expected {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirect_uri: string
}

/** Who the provider says somebody is. */
export interface Claims {
  readonly subject: string
  readonly email: string | undefined
  readonly email_verified: boolean
  readonly name: string | undefined
  /** Values of `amr` and `acr`: how they signed in there. */
  readonly means: readonly string[]
}

/** Seconds two clocks may be apart. */
const tolerance = 60
const seconds = 10

const Said = z.object({
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.literal(true).optional().catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
  acr: z.string().optional().catch(undefined),
})

/** Where the browser goes to sign in there. Throws Problem provider.unreachable, provider.barred, provider.untrusted. */
export async function authorizationUrl(party: Party, expected: Expected): Promise<string> {
  return told(async () => {
    const config = await discovered(party)
    const { state, nonce, verifier, redirect_uri } = expected
    const url = buildAuthorizationUrl(config, {
      redirect_uri,
      state,
      nonce,
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new Problem('provider.untrusted', `its sign-in page is at ${url.protocol}`)
    }
    return url.href
  })
}

/**
 * Who came back. The answer is to this very question (state, RFC 9207 `iss`), its code is redeemed by who asked (PKCE),
 * the token is signed by a key the provider shows now, for us, now, and for this browser (nonce). Throws Problem
 * provider.declined, provider.expired, provider.time, provider.untrusted, provider.unreachable, provider.barred.
 */
export async function redeem(
  party: Party,
  expected: Expected,
  answer: URLSearchParams,
): Promise<Claims> {
  return told(async () => {
    const config = await discovered(party)
    const url = new URL(expected.redirect_uri)
    url.search = answer.toString()
    const tokens = await authorizationCodeGrant(config, url, {
      expectedState: expected.state,
      expectedNonce: expected.nonce,
      pkceCodeVerifier: expected.verifier,
      idTokenExpected: true,
    })
    const token = tokens.claims()
    if (!token) throw new Problem('provider.untrusted', 'there is no ID token')
    const said = Said.parse(token)
    const asked =
      said.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
    const more = asked
      ? Said.parse(await fetchUserInfo(config, tokens.access_token, token.sub))
      : said
    return {
      subject: token.sub,
      email: more.email,
      email_verified: more.email_verified === true,
      name: said.name ?? more.name,
      means: [...(said.amr ?? []), ...(said.acr === undefined ? [] : [said.acr])],
    }
  })
}

/** What a provider says of itself, before anybody depends on it. Throws as `authorizationUrl` does. */
export async function lookedAt(party: Party, now: number): Promise<ProviderCheck> {
  return told(async () => {
    const dates: number[] = []
    const metadata = (await discovered(party, dates)).serverMetadata()
    const [date] = dates
    return {
      authorization_endpoint: metadata.authorization_endpoint ?? '',
      pkce: metadata.code_challenge_methods_supported?.includes('S256') ?? false,
      names_itself: metadata.authorization_response_iss_parameter_supported ?? false,
      seconds_apart: date === undefined ? null : Math.round((date - now) / 1000),
    }
  })
}

/** Asked anew each time: a provider that changed its keys or addresses is known at once. */
async function discovered(party: Party, dates: number[] = []): Promise<Configuration> {
  const { issuer, client_id, secret, inside } = party
  const ask = guardedFetch({ inside, milliseconds: seconds * 1000 })
  const fetching: CustomFetch = async (url, options) => {
    const { method, headers, body, signal } = options
    const answer = await ask(url, { method, headers, body, signal })
    if (answer.status >= 500) throw new Error(`${url} answers ${answer.status}`)
    const date = millisecondsOf(answer.headers.get('date') ?? '')
    if (!Number.isNaN(date)) dates.push(date)
    return answer
  }
  const server = new URL(issuer)
  const config = await discovery(
    server,
    client_id,
    { [clockTolerance]: tolerance },
    secret === undefined ? None() : secretAuth(secret),
    {
      [customFetch]: fetching,
      timeout: seconds,
      execute: [
        enableNonRepudiationChecks,
        ...(server.protocol === 'http:' ? [allowInsecureRequests] : []),
      ],
    },
  )
  return config
}

/** In the way the provider takes it; by RFC 8414 the header, unless it says otherwise. */
function secretAuth(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const takes = server.token_endpoint_auth_methods_supported
    const auth = takes === undefined || takes.includes('client_secret_basic') ? basic : post
    auth(server, client, body, headers)
  }
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** What went wrong in words one can act on; a fault of our own stays an error. */
function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error
  const chain = causesOf(error)
  const [first] = chain
  if (!first) return error
  const detail = chain
    .map(({ message }) => message)
    .join(': ')
    .slice(0, 300)
  if (first instanceof AuthorizationResponseError) return new Problem('provider.declined', detail)
  if (first instanceof ResponseBodyError) {
    const stale = first.error === 'invalid_grant'
    return new Problem(stale ? 'provider.expired' : 'provider.declined', detail)
  }
  if (chain.some((cause) => cause instanceof AddressBarred)) {
    return new Problem('provider.barred', detail)
  }
  const codes = chain.map(codeOf)
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED'))
    return new Problem('provider.time', detail)
  if (codes.some((code) => code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT')) {
    return new Problem('provider.untrusted', detail)
  }
  return new Problem('provider.unreachable', detail)
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = []
  for (let cause = error; cause instanceof Error && chain.length < 5; cause = cause.cause) {
    chain.push(cause)
  }
  return chain
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
