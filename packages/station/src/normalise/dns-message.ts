import type { MessageAbout } from './daemon-message.ts'
import { present } from './draft.ts'
import { endpointOf } from './endpoint.ts'

/** What a name server says of one question. */
export interface DnsSaid {
  readonly client?: string | undefined
  readonly port?: string | undefined
  readonly server?: string | undefined
  readonly name: string | undefined
  readonly type?: string | undefined
  readonly rcode?: string | undefined
  readonly answer?: string | undefined
}

/** DNS Activity (OCSF 4003): a query, or a response where a code or an answer is known. */
export function dnsAbout(said: DnsSaid): MessageAbout {
  const { client, port, server, type, rcode, answer } = said
  const source = endpointOf(client, port)
  const hostname = said.name?.replace(/(?<=.)\.$/, '')
  return {
    class: 'dns_activity',
    activity: rcode === undefined && answer === undefined ? 1 : 2,
    ...(rcode !== undefined && { status: rcode === 'NOERROR' ? 'success' : 'failure' }),
    src_endpoint: source,
    dst_endpoint: endpointOf(server),
    query: present({ hostname, type }),
    answers: answer === undefined ? undefined : [answer],
    rcode,
    names: {
      query: hostname,
      record_type: type,
      answer,
      src_ip: client,
      src_port: source?.port,
      dst_ip: server,
    },
  }
}
