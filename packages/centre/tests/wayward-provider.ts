import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Grant {
  readonly nonce: string
  readonly challenge: string
  readonly redirect_uri: string
}

type Claims = Readonly<Record<string, unknown>>

/** How it strays from what it should do; as it stands it is a good provider. */
interface Ways {
  /** Laid over the claims of the ID token. */
  claims: Claims
  userinfo: Claims | null
  /** `none`: unsigned; `other-key`: by a key it does not show. */
  signing: 'good' | 'none' | 'other-key'
  /** Named in the answer to the browser. */
  iss: string | null
  issuer: string | null
  down: boolean
}

/** An OpenID Connect provider of one test, at its own port, that does wrong what it is told to. */
export async function waywardProvider() {
  const ways: Ways = {
    claims: {},
    userinfo: null,
    signing: 'good',
    iss: null,
    issuer: null,
    down: false,
  }
  const grants = new Map<string, Grant>()
  let key = newKey()
  const asked: string[] = []
  const server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url ?? '/', issuer)
    asked.push(`${request.method} ${pathname}`)
    const answer = ways.down ? [503, {}] : await answerTo(pathname, request)
    const [status, body] = answer as [number, object]
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answerTo(path: string, request: IncomingMessage): Promise<[number, object]> {
    if (path === '/.well-known/openid-configuration') return [200, metadata()]
    if (path === '/jwks') return [200, { keys: [key.shown] }]
    if (path === '/userinfo') return [200, ways.userinfo ?? {}]
    if (path === '/token') return redeemed(new URLSearchParams(await bodyOf(request)))
    return [404, {}]
  }

  function metadata(): object {
    return {
      issuer: ways.issuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(ways.userinfo ? { userinfo_endpoint: `${issuer}/userinfo` } : {}),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256', 'none'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    }
  }

  function redeemed(body: URLSearchParams): [number, object] {
    const grant = grants.get(body.get('code') ?? '')
    grants.delete(body.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    if (grant?.challenge !== challenge || grant.redirect_uri !== body.get('redirect_uri')) {
      return [400, { error: 'invalid_grant' }]
    }
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      aud: 'hai-dang',
      sub: 'sub-1',
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      ...ways.claims,
    }
    const id_token = tokenOf(claims)
    return [200, { access_token: 'opaque', token_type: 'Bearer', id_token }]
  }

  function tokenOf(claims: Claims): string {
    const alg = ways.signing === 'none' ? 'none' : 'ES256'
    const head = ways.signing === 'none' ? { alg } : { alg, kid: key.shown.kid }
    const text = [head, claims].map((part) => encoded(JSON.stringify(part))).join('.')
    if (alg === 'none') return `${text}.`
    const by = ways.signing === 'other-key' ? newKey().secret : key.secret
    const signed = sign('sha256', Buffer.from(text), { key: by, dsaEncoding: 'ieee-p1363' })
    return `${text}.${signed.toString('base64url')}`
  }

  return {
    issuer,
    ways,
    asked,
    rotate: () => {
      key = newKey()
    },
    /** Somebody signs in there and agrees: what the browser is sent back with. */
    approve(url: string): URLSearchParams {
      const query = new URL(url).searchParams
      const code = randomBytes(16).toString('base64url')
      grants.set(code, {
        nonce: query.get('nonce') ?? '',
        challenge: query.get('code_challenge') ?? '',
        redirect_uri: query.get('redirect_uri') ?? '',
      })
      return new URLSearchParams({ code, state: query.get('state') ?? '', iss: ways.iss ?? issuer })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(4).toString('hex')
  const jwk = publicKey.export({ format: 'jwk' })
  return { secret: privateKey, shown: { ...jwk, kid, alg: 'ES256', use: 'sig' } }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url')
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}
