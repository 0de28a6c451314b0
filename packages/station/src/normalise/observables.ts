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
type File = NonNullable<Event['file']>
type Process = NonNullable<Event['process']>

/** The values of an event worth looking up, each once, in the order of the attributes. */
export function observablesOf(draft: Draft): Observable[] {
  const found: Observable[] = []
  endpointValues(found, sourceNames, draft.src_endpoint)
  endpointValues(found, targetNames, draft.dst_endpoint)
  endpointValues(found, deviceNames, draft.device)
  add(found, 'domain', draft.query?.hostname, 'query.hostname')
  for (const answer of draft.answers ?? []) add(found, kindOfName(answer), answer, 'answers')
  add(found, 'domain', draft.tls?.sni, 'tls.sni')
  add(found, 'url', draft.http_request?.url, 'http_request.url')
  add(found, 'user', draft.user?.name, 'user.name')
  add(found, 'user', draft.actor?.user?.name, 'actor.user.name')
  processValues(found, processNames, draft.process)
  processValues(found, actorNames, draft.actor?.process)
  fileValues(found, fileNames, draft.file)
  for (const { type, value, name } of draft.sightings ?? []) add(found, type, value, name)
  return found
}

function add(
  found: Observable[],
  type: Observable['type'],
  value: string | undefined,
  name: string,
): void {
  const plain = value ? canonical(type, value) : undefined
  if (!plain || found.length >= mostObservables || isAmong(found, type, plain)) return
  found.push({ type, value: plain, name })
}

/** Events have few: looking at each costs less than remembering them. */
function isAmong(found: readonly Observable[], type: Observable['type'], value: string): boolean {
  for (const known of found) if (known.value === value && known.type === type) return true
  return false
}

/** Names of the attributes of an endpoint, of a file, of a process: put together once, not for every event. */
function endpointNamesOf(path: string) {
  return {
    ip: `${path}.ip`,
    hostname: `${path}.hostname`,
    domain: `${path}.domain`,
    mac: `${path}.mac`,
  }
}

function fileNamesOf(path: string) {
  return { name: `${path}.name`, hashes: `${path}.hashes` }
}

function processNamesOf(path: string) {
  return {
    name: `${path}.name`,
    user: `${path}.user.name`,
    file: fileNamesOf(`${path}.file`),
    parent: `${path}.parent_process.name`,
  }
}

const sourceNames = endpointNamesOf('src_endpoint')
const targetNames = endpointNamesOf('dst_endpoint')
const deviceNames = endpointNamesOf('device')
const fileNames = fileNamesOf('file')
const processNames = processNamesOf('process')
const actorNames = processNamesOf('actor.process')

function endpointValues(
  found: Observable[],
  names: ReturnType<typeof endpointNamesOf>,
  endpoint: Endpoint | undefined,
): void {
  if (!endpoint) return
  add(found, 'ip', endpoint.ip, names.ip)
  add(found, 'hostname', endpoint.hostname, names.hostname)
  add(found, 'domain', endpoint.domain, names.domain)
  add(found, 'mac', endpoint.mac, names.mac)
}

function processValues(
  found: Observable[],
  names: ReturnType<typeof processNamesOf>,
  process: Process | undefined,
): void {
  if (!process) return
  add(found, 'process_name', process.name, names.name)
  add(found, 'user', process.user?.name, names.user)
  fileValues(found, names.file, process.file)
  add(found, 'process_name', process.parent_process?.name, names.parent)
}

const hashKinds: Readonly<Record<string, Observable['type']>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
}

function fileValues(
  found: Observable[],
  names: ReturnType<typeof fileNamesOf>,
  file: File | undefined,
): void {
  if (!file) return
  add(found, 'file_name', file.name, names.name)
  for (const { algorithm, value } of file.hashes ?? []) {
    const kind = hashKinds[algorithm]
    if (kind) add(found, kind, value, names.hashes)
  }
}

/** The form values are compared in: names and hashes in lower case without final dot. */
function canonical(type: Observable['type'], value: string): string | undefined {
  if (value.length > longestValue) return undefined
  // A path alone names no place that could be known as bad.
  if (type === 'url') return value.includes('://') ? value : undefined
  if (type === 'user' || type === 'file_name' || type === 'process_name') return value
  const lower = value.toLowerCase()
  const plain = lower.endsWith('.') ? lower.slice(0, -1) : lower
  return (type === 'ip' || type === 'mac') && nobody.has(plain) ? undefined : plain
}

/** Whether a DNS answer is an address or a name. */
function kindOfName(answer: string): Observable['type'] {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(answer) ? 'ip' : 'domain'
}
