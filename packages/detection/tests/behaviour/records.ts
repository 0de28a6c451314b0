import { type Event, eventClasses } from '@haidang/contracts/event'
import { instantOf } from '@haidang/contracts/instant'
import { sampleEvent } from '@haidang/detection/sample-event'

/** An event with the instant it happened at, so that streams can be merged. */
export interface Timed {
  readonly at: number
  readonly event: Event
}

function timed(at: number, parts: Partial<Event>): Timed {
  const time = instantOf(Math.round(at))
  return { at, event: sampleEvent({ ...parts, time, received_time: time }) }
}

interface Flow {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly sent?: number
  /** Bytes that came back; 0: no answer. */
  readonly back?: number
}

/** A connection as a flow sensor records it. */
export function flow(at: number, { from, to, port, sent = 400, back = 2_000 }: Flow): Timed {
  return timed(at, {
    class_uid: eventClasses.network_activity,
    activity_id: back > 0 ? 2 : 4,
    status: back > 0 ? 'success' : 'failure',
    src_endpoint: { ip: from },
    dst_endpoint: { ip: to, port },
    traffic: { bytes_out: sent, bytes_in: back },
  })
}

/** A TLS handshake. */
export function handshake(at: number, from: string, to: string, sni: string): Timed {
  return timed(at, {
    class_uid: eventClasses.network_activity,
    activity_id: 1,
    src_endpoint: { ip: from },
    dst_endpoint: { ip: to, port: 443 },
    tls: { sni, ja3: '771,4865' },
  })
}

/** A web request. */
export function request(at: number, from: string, to: string, url: string, length: number): Timed {
  return timed(at, {
    class_uid: eventClasses.http_activity,
    activity_id: 3,
    src_endpoint: { ip: from },
    dst_endpoint: { ip: to, port: 80 },
    http_request: { url, user_agent: 'Mozilla/5.0', http_method: 'GET' },
    http_response: { code: 200, length },
  })
}

/** A DNS question with its answer. */
export function lookup(
  at: number,
  from: string,
  name: string,
  rcode = 'NOERROR',
  type = 'A',
): Timed {
  return timed(at, {
    class_uid: eventClasses.dns_activity,
    activity_id: 6,
    src_endpoint: { ip: from },
    dst_endpoint: { ip: '10.20.0.2', port: 53 },
    query: { hostname: name, type },
    rcode,
  })
}

interface Logon {
  readonly from: string
  readonly host: string
  readonly account: string
  readonly ok: boolean
}

/** A logon over the network, as the host it was tried at records it. */
export function logon(at: number, { from, host, account, ok }: Logon): Timed {
  return timed(at, {
    class_uid: eventClasses.authentication,
    activity_id: 1,
    status: ok ? 'success' : 'failure',
    src_endpoint: { ip: from },
    device: { hostname: host },
    user: { name: account },
    logon_type: 'network',
  })
}
