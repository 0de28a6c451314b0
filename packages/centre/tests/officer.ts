import { type Client, createClient } from '@haidang/contracts/client'
import { handoverApi } from '@haidang/contracts/handover-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { personApi } from '@haidang/contracts/person-api'
import { password, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'

/** Somebody signed in who stands shifts: calls as the browser would. */
export interface Officer {
  readonly id: string
  readonly handovers: Client<typeof handoverApi>
  readonly incidents: Client<typeof incidentApi>
}

interface Who {
  readonly name: string
  readonly organisation_id: string
  readonly role_id?: string | undefined
}

export async function officerOf(
  node: CentreNode,
  { name, organisation_id, role_id = 'watch-officer' }: Who,
): Promise<Officer> {
  const email = `${node.newId('person')}@tt.example`
  const { id } = await createClient(personApi, senderOf(node, localToken)).create({
    body: { organisation_id, name, email, role_id, password },
  })
  const reply = await node.http.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email, password },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  const send = async (method: string, url: string, body?: unknown) => {
    const payload = body === undefined ? {} : { payload: body as object }
    const answer = await node.http.inject({
      method: method as 'POST',
      url,
      headers: { cookie },
      ...payload,
    })
    if (answer.statusCode < 400) return answer.json()
    throw new Error(`${method} ${url}: ${answer.body}`)
  }
  const incidents = createClient(incidentApi, send)
  return { id, handovers: createClient(handoverApi, send), incidents }
}
