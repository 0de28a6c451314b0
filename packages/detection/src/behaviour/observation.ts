import { type Event, eventClasses } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { hostOfUrl } from '../indicators/indicator-text.ts'

/** What behaviour detection needs of an event: small plain data that can be kept and observed again. */
export interface Observation {
  readonly kind: 'flow' | 'web' | 'tls' | 'dns' | 'logon' | 'process'
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Address (of a logon: address or host name) that acted. */
  readonly from?: string
  readonly to?: string
  readonly port?: number
  /** Host asked for: of a web request, a TLS handshake, a DNS question. */
  readonly name?: string
  /** Answered, or succeeded; undefined: not known. */
  readonly ok?: boolean
  readonly sent?: number
  readonly account?: string
  /** Host that wrote the record. */
  readonly host?: string
  /** DNS: type of the question. Logon: type. */
  readonly detail?: string
  readonly missing?: boolean
  readonly agent?: string
  readonly ja3?: string
  readonly program?: string
}

const aheadAtMost = 3_600_000
const longest = { address: 64, name: 253, word: 128, agent: 256 }
const nameErrors = new Set(['NXDOMAIN', '9003', '3'])

/**
 * The observation an event is; undefined where behaviour has nothing to see. The event's own time counts,
 * but never more than an hour after it was received: a false clock must not end everybody's windows.
 */
export function observationOf(event: Event): Observation | undefined {
  const make = makers.get(event.class_uid)
  const made = make?.(event)
  if (made === undefined) return undefined
  const time = millisecondsOf(event.time)
  const at = Math.min(time, millisecondsOf(event.received_time) + aheadAtMost)
  return Number.isFinite(at) ? given({ ...made, at }) : undefined
}

type Made = { readonly [K in keyof Omit<Observation, 'at'>]: Observation[K] | undefined } & {
  readonly kind: Observation['kind']
}

const makers: ReadonlyMap<number, (event: Event) => Made | undefined> = new Map([
  [eventClasses.network_activity, flowOf],
  [eventClasses.http_activity, webOf],
  [eventClasses.dns_activity, dnsOf],
  [eventClasses.authentication, logonOf],
  [eventClasses.ssh_activity, logonOf],
  [eventClasses.process_activity, processOf],
])

/**
 * Answers and sampled packets are no contacts: their connections would count twice and more. OCSF has no class for
 * a TLS handshake: it is network activity that knows of it.
 */
function flowOf(event: Event): Made | undefined {
  if (event.connection_info?.part !== undefined) return undefined
  if (event.tls !== undefined) return tlsOf(event)
  const ends = endsOf(event)
  if (ends.from === undefined || ends.to === undefined) return undefined
  return { kind: 'flow', ...ends, ok: answered(event), sent: sizeOf(event.traffic?.bytes_out) }
}

/** OCSF Network Activity: 4 fail, 5 refuse. A normaliser may state success where nothing came back. */
function answered({ activity_id, status, traffic }: Event): boolean | undefined {
  if (activity_id === 4 || activity_id === 5 || status === 'failure') return false
  const back = traffic?.bytes_in
  return back === undefined ? undefined : back > 0
}

function webOf(event: Event): Made | undefined {
  const { http_request: request, http_response: response } = event
  const ends = endsOf(event)
  if (ends.from === undefined) return undefined
  return {
    kind: 'web',
    ...ends,
    name: nameOf(hostOfUrl(request?.url ?? '') || sightedHost(event)),
    sent: sizeOf(event.traffic?.bytes_out ?? response?.length),
    agent: cut(request?.user_agent, longest.agent),
  }
}

function sightedHost({ observables }: Event): string | undefined {
  return observables.find(({ name }) => name === 'http_request.host')?.value
}

function tlsOf(event: Event): Made | undefined {
  const ends = endsOf(event)
  if (ends.from === undefined || ends.to === undefined) return undefined
  return {
    kind: 'tls',
    ...ends,
    name: nameOf(event.tls?.sni),
    sent: sizeOf(event.traffic?.bytes_out),
    ja3: cut(event.tls?.ja3, longest.word),
  }
}

function dnsOf(event: Event): Made | undefined {
  const name = nameOf(event.query?.hostname)
  if (name === undefined) return undefined
  const from = cut(
    event.src_endpoint?.ip ?? event.device?.ip ?? event.device?.hostname,
    longest.name,
  )
  return {
    kind: 'dns',
    from,
    name,
    detail: cut(event.query?.type?.toUpperCase(), longest.word),
    missing: nameErrors.has(event.rcode ?? '') || undefined,
  }
}

function logonOf(event: Event): Made | undefined {
  if (event.activity_id !== 1 || event.status === undefined) return undefined
  const account = event.user?.name ?? event.actor?.user?.name
  if (account === undefined && event.class_uid === eventClasses.authentication) return undefined
  const { src_endpoint: source, dst_endpoint: target, device } = event
  return {
    kind: 'logon',
    from: cut(source?.ip ?? source?.hostname, longest.name),
    to: cut(target?.ip, longest.address),
    host: cut(device?.hostname ?? device?.ip ?? target?.ip, longest.name)?.toLowerCase(),
    account: cut(account, longest.word)?.toLowerCase(),
    ok: event.status === 'success',
    detail: cut(event.logon_type, longest.word),
  }
}

function processOf(event: Event): Made | undefined {
  const program = event.process?.file?.path ?? event.process?.name
  if (event.activity_id !== 1 || program === undefined) return undefined
  return { kind: 'process', host: event.device?.hostname, program: cut(program, longest.agent) }
}

function endsOf({ src_endpoint: source, dst_endpoint: target }: Event) {
  return {
    from: cut(source?.ip, longest.address),
    to: cut(target?.ip, longest.address),
    port: target?.port,
  }
}

/** A host name in lower case without final dot; undefined where there is none. */
function nameOf(name: string | undefined): string | undefined {
  if (name === undefined || name === '' || name.length > longest.name + 1) return undefined
  const lower = name.toLowerCase()
  return lower.endsWith('.') ? lower.slice(0, -1) || undefined : lower
}

function sizeOf(bytes: number | undefined): number | undefined {
  return bytes !== undefined && Number.isFinite(bytes) && bytes >= 0 ? bytes : undefined
}

function cut(text: string | undefined, most: number): string | undefined {
  return text === undefined || text === '' ? undefined : text.slice(0, most)
}

function given(made: Made & { at: number }): Observation {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(made)) if (value !== undefined) result[name] = value
  return result as unknown as Observation
}
