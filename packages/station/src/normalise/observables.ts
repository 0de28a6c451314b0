import type { Event, Observable } from '@haidang/contracts/event'
import type { Draft } from './draft.ts'

const mostObservables = 256
const longestValue = 2048
/** Addresses that name no one. */
const nobody = new Set([
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '0.0.0.0',
  '::',
  '127.0.0.1',
  '::1',
  '255.255.255.255',
])

type Endpoint = NonNullable<Event['src_endpoint']>
type User = NonNullable<Event['user']>
type File = NonNullable<Event['file']>
type Process = NonNullable<Event['process']>
type Found = (type: Observable['type'], value: string | undefined, name: string) => void

/** The values of an event worth looking up, each once, in the order of the attributes. */
export function observablesOf(draft: Draft): Observable[] {
  const found: Observable[] = []
  const seen = new Set<string>()
  const add: Found = (type, value, name) => {
    const plain = canonical(type, value)
    if (!plain || found.length >= mostObservables || seen.has(`${type} ${plain}`)) return
    seen.add(`${type} ${plain}`)
    found.push({ type, value: plain, name })
  }
  endpointValues(add, 'src_endpoint', draft.src_endpoint)
  endpointValues(add, 'dst_endpoint', draft.dst_endpoint)
  endpointValues(add, 'device', draft.device)
  add('domain', draft.query?.hostname, 'query.hostname')
  for (const answer of draft.answers ?? []) add(kindOfName(answer), answer, 'answers')
  add('domain', draft.tls?.sni, 'tls.sni')
  add('url', draft.http_request?.url, 'http_request.url')
  userValues(add, 'user', draft.user)
  userValues(add, 'actor.user', draft.actor?.user)
  processValues(add, 'process', draft.process)
  processValues(add, 'actor.process', draft.actor?.process)
  fileValues(add, 'file', draft.file)
  for (const { type, value, name } of draft.sightings ?? []) add(type, value, name)
  return found
}

function endpointValues(add: Found, path: string, endpoint: Endpoint | undefined): void {
  if (!endpoint) return
  add('ip', endpoint.ip, `${path}.ip`)
  add('hostname', endpoint.hostname, `${path}.hostname`)
  add('domain', endpoint.domain, `${path}.domain`)
  add('mac', endpoint.mac, `${path}.mac`)
}

function userValues(add: Found, path: string, user: User | undefined): void {
  add('user', user?.name, `${path}.name`)
}

function processValues(add: Found, path: string, process: Process | undefined): void {
  if (!process) return
  add('process_name', process.name, `${path}.name`)
  userValues(add, `${path}.user`, process.user)
  fileValues(add, `${path}.file`, process.file)
  add('process_name', process.parent_process?.name, `${path}.parent_process.name`)
}

const hashKinds: Readonly<Record<string, Observable['type']>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
}

function fileValues(add: Found, path: string, file: File | undefined): void {
  if (!file) return
  add('file_name', file.name, `${path}.name`)
  for (const { algorithm, value } of file.hashes ?? []) {
    const kind = hashKinds[algorithm]
    if (kind) add(kind, value, `${path}.hashes`)
  }
}

/** The form values are compared in: names and hashes in lower case without final dot. */
function canonical(type: Observable['type'], value: string | undefined): string | undefined {
  if (!value || value.length > longestValue) return undefined
  // A path alone names no place that could be known as bad.
  if (type === 'url') return value.includes('://') ? value : undefined
  if (type === 'user' || type === 'file_name' || type === 'process_name') return value
  const plain = value.toLowerCase().replace(/\.$/, '')
  return (type === 'ip' || type === 'mac') && nobody.has(plain) ? undefined : plain
}

/** Whether a DNS answer is an address or a name. */
function kindOfName(answer: string): Observable['type'] {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(answer) ? 'ip' : 'domain'
}
