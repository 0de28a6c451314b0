import type { CollectorKind } from '@haidang/contracts/source'
import { type Node, startNode } from './station-node.ts'

type HttpKind = Extract<CollectorKind, 'elastic-bulk' | 'splunk-hec' | 'otlp-http'>
const portNames = { 'elastic-bulk': 'elastic', 'splunk-hec': 'hec', 'otlp-http': 'otlp' } as const
type PortName = (typeof portNames)[HttpKind]

/** A source of a name of its own among all nodes of the file, where its port is, and its token. */
export async function newSource(node: Node, kind: HttpKind, name: string) {
  const { body } = await node.ask('POST', '/api/v1/sources', { name, collector: kind })
  return { url: urlOf(node, portNames[kind]), token: body.token as string, id: body.source.id }
}

/** The node again after a stop, on its old spool and events; its port is another. */
export async function restarted(name: string, before: Node, port: PortName) {
  const node = await startNode(name, before.events)
  return { node, url: urlOf(node, port) }
}

function urlOf(node: Node, port: PortName): string {
  return `http://127.0.0.1:${node.station.ports()?.[port]}`
}

interface Post {
  readonly token?: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a body; `token` is the whole Authorization header. */
export async function post(url: string, { token, body, headers }: Post) {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { ...(token && { authorization: token }), ...headers },
    body: body as string,
  })
  const bytes = Buffer.from(await reply.arrayBuffer())
  const isJson = (reply.headers.get('content-type') ?? '').includes('json')
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any protocol
  const json: any = isJson ? JSON.parse(bytes.toString('utf8')) : undefined
  return { status: reply.status, headers: reply.headers, bytes, json }
}
