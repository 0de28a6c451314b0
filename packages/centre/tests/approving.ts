import { approvalApi } from '@haidang/contracts/approval-api'
import { type Client, createClient, type Send } from '@haidang/contracts/client'
import type { Api } from '@haidang/contracts/endpoint'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { personApi, setupApi } from '@haidang/contracts/person-api'
import type { Jobs } from '@haidang/runtime/jobs'
import type { MailWay } from '../src/notifications.ts'
import { password, senderOf } from './access-holding.ts'
import { centreNode, localToken } from './centre-node.ts'

/** Somebody with a session. */
export interface Signed {
  readonly id: string
  readonly send: Send
  api<A extends Api>(api: A): Client<A>
}

/** A whole centre with three administrators; the first set it up. */
export async function approving(mail?: MailWay, jobs?: Jobs) {
  const node = await centreNode(undefined, jobs, mail)
  const local = senderOf(node, localToken)
  const { person_id } = await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'An', email: 'an@tt.example', password },
    },
  })
  const home = (await node.home())?.id ?? ''

  async function signIn(id: string, email: string): Promise<Signed> {
    const headers = { host: '127.0.0.1:8080' }
    const reply = await node.http.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers,
      payload: { email, password },
    })
    const cookie = reply.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    const send: Send = async (method, url, body) => {
      const answer = await node.http.inject({
        method: method as 'POST',
        url,
        headers: { ...headers, cookie: cookie.join('; ') },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      if (answer.statusCode < 400) {
        const type = String(answer.headers['content-type'])
        return type.startsWith('application/json') ? answer.json() : answer.body
      }
      throw new Error(`${method} ${url}: ${answer.body}`)
    }
    return { id, send, api: (api) => createClient(api, send) }
  }

  async function add(name: string, email: string, role_id = 'administrator'): Promise<Signed> {
    const body = { organisation_id: home, name, email, role_id, password }
    const { id } = await createClient(personApi, local).create({ body })
    return signIn(id, email)
  }

  /** Approves what waits under this id, as read just now. */
  async function approve(who: Signed, id: string) {
    const approvals = who.api(approvalApi)
    const { digest } = await approvals.get({ params: { id } })
    return approvals.decide({ params: { id }, body: { verdict: 'approved', digest } })
  }

  const addressees: { organisation_id: string }[] = []
  for (let n = 0; n < 10; n++) {
    const body = { code: `N.${n}`, name: `Nơi nhận ${n}`, kind: 'ministry' as const }
    const { id } = await createClient(organisationApi, local).create({ body })
    addressees.push({ organisation_id: id })
  }
  return {
    node,
    home,
    local,
    add,
    signIn,
    approve,
    addressees,
    an: await signIn(person_id, 'an@tt.example'),
    binh: await add('Bình', 'binh@tt.example'),
    chi: await add('Chi', 'chi@tt.example'),
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}
export type Approving = Awaited<ReturnType<typeof approving>>
