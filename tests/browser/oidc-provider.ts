import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import Provider from 'oidc-provider'

/** Somebody the provider knows; they sign in there with this name and any password. */
interface Known {
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
}

/** A real OpenID Connect provider at a free port, which lets this one client in. */
export async function realProvider(
  people: Readonly<Record<string, Known>>,
  client: { readonly client_id: string; readonly client_secret: string },
  redirectUri: string,
) {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key of this test only'] },
    findAccount: (_, id) => {
      const known = people[id]
      return known && { accountId: id, claims: () => ({ sub: id, ...known }) }
    },
  })
  const server: Server = provider.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
