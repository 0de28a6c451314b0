import type { ProviderDraft } from '@haidang/contracts/provider'
import { providerApi } from '@haidang/contracts/provider-api'
import { expect } from 'vitest'
import { waywardProvider } from './wayward-provider.ts'
import { whoNode } from './who-node.ts'

export const admin = 'quan-tri@tt.example'
export const publicHost = 'soc.example'
export const callback = '/api/v1/session/provider/callback'
/** What a provider says of the administrator. */
export const verified = { email: admin, email_verified: true, name: 'Tên Ở Đó' }
/** Where the browser ends up where nobody is let in. */
export const refused = (code: string) => `/sign-in?refused=${code}`

/** A node that is set up, and a provider beside it. */
export async function providerGround() {
  const node = await whoNode()
  const there = await waywardProvider()
  const { organisation_id } = await node.setUp()

  /** A provider that recognises people by verified e-mail, unless told otherwise. */
  function configured(change: Partial<ProviderDraft> = {}) {
    const draft = {
      issuer: there.issuer,
      name: 'Bộ Thử',
      client_id: 'hai-dang',
      client_secret: 'rất kín',
      matching: 'verified-email' as const,
      inside: true,
      ...change,
    }
    return node.client(providerApi, node.local).create({ body: draft })
  }

  /** One browser at the public address of the node. */
  function browser(jar = new Map<string, string>()) {
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    async function ask(method: string, path: string, body?: unknown) {
      const reply = await node.send(method, path, body, {
        host: publicHost,
        ...(jar.size > 0 ? { cookie: cookie() } : {}),
      })
      for (const { name, value } of reply.cookies) {
        if (value) jar.set(name, encodeURIComponent(value))
        else jar.delete(name)
      }
      return reply
    }
    return {
      cookie,
      ask,
      /** To the provider; gives back what it redirects the browser back with. */
      async out(provider_id: string, to?: string) {
        const reply = await ask('POST', '/api/v1/session/provider', { provider_id, to })
        expect(reply.statusCode, reply.body).toBe(200)
        return there.approve(reply.json().url)
      },
      async back(answer: URLSearchParams): Promise<string> {
        const reply = await ask('GET', `${callback}?${answer}`)
        expect(reply.statusCode, reply.body).toBe(303)
        return String(reply.headers['location'])
      },
      async whole(provider_id: string, to?: string) {
        return this.back(await this.out(provider_id, to))
      },
      me: async () => (await ask('GET', '/api/v1/session')).json().person?.email,
    }
  }

  /** How many accounts are linked. */
  async function links(): Promise<number> {
    return (await node.database.asOwner('select id from auth.identity')).rows.length
  }

  return {
    node,
    there,
    organisation_id,
    configured,
    browser,
    links,
    async [Symbol.asyncDispose]() {
      await there[Symbol.asyncDispose]()
      await node[Symbol.asyncDispose]()
    },
  }
}
