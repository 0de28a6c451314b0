import { lookup as resolve } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses nobody's service stands at: unspecified, link-local (where clouds keep credentials), multicast. */
const never = blockList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'ff00::/8',
])

/** Addresses of this machine and of private networks. */
const privately = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1/128',
  '64:ff9b::/96',
  'fc00::/7',
])

const loopback = blockList(['127.0.0.0/8', '::1/128'])

interface FetchGuard {
  /** Whether addresses of this machine and of private networks may be asked. */
  readonly inside: boolean
  /** Longest time of the whole exchange. */
  readonly milliseconds?: number
  /** Longest body that is read. */
  readonly bytes?: number
}

interface Outgoing {
  readonly method?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The address, or the name behind it, may not be asked. */
export class AddressBarred extends Error {
  override readonly name = 'AddressBarred'
}

/**
 * Fetches what somebody typed the address of: https only (http from this machine itself), bounded in size and time,
 * following no redirect, and never to a private address unless told so. The address is judged as it is connected to,
 * so that a name cannot answer one thing when asked and another when used. Throws AddressBarred, Error.
 */
export function guardedFetch(guard: FetchGuard) {
  const { inside, milliseconds = 10_000, bytes = 1_048_576 } = guard
  return async (url: string, given: Outgoing = {}): Promise<Response> => {
    const target = new URL(url)
    requireAllowed(target, inside)
    const limit = AbortSignal.timeout(milliseconds)
    const signal = given.signal ? AbortSignal.any([limit, given.signal]) : limit
    return exchange(target, { ...given, signal }, judgingLookup(inside), bytes)
  }
}

function exchange(
  target: URL,
  { method = 'GET', headers = {}, body, signal }: Outgoing,
  lookup: LookupFunction,
  most: number,
): Promise<Response> {
  return new Promise((done, failed) => {
    const send = target.protocol === 'https:' ? secure : plain
    const sent = { ...headers, 'accept-encoding': 'identity' }
    const asked = send(target, { method, headers: sent, lookup, agent: false, signal })
    asked.on('error', failed)
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('error', failed)
      answer.on('data', (part: Buffer) => {
        size += part.length
        parts.push(part)
        if (size > most) answer.destroy(new Error(`the answer is longer than ${most} bytes`))
      })
      answer.on('end', () => {
        const status = answer.statusCode ?? 500
        const empty = status === 204 || status === 205 || status === 304
        const text = empty ? null : Buffer.concat(parts)
        done(new Response(text, { status, headers: headersOf(answer.headers) }))
      })
    })
    asked.end(body === undefined || body === null ? undefined : String(body))
  })
}

function headersOf(given: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one)
  }
  return headers
}

function requireAllowed({ protocol, hostname }: URL, inside: boolean): void {
  const host = hostname.replace(/^\[|\]$/g, '')
  const local = host === 'localhost' || (isIP(host) !== 0 && holds(loopback, host))
  if (protocol !== 'https:' && !(protocol === 'http:' && local)) {
    throw new AddressBarred(`${protocol}//${hostname}: https is needed`)
  }
  if (isIP(host) !== 0) requireOpen(host, inside)
}

/** Resolves a name to those of its addresses that may be asked. */
function judgingLookup(inside: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const open = error ? [] : found.filter(({ address }) => isOpen(address, inside))
      const [first] = open
      if (!first) callback(error ?? new AddressBarred(`${hostname} is a private address`), '', 4)
      else if (options.all) callback(null, open)
      else callback(null, first.address, first.family)
    })
  }
}

function requireOpen(address: string, inside: boolean): void {
  if (!isOpen(address, inside)) throw new AddressBarred(`${address} is a private address`)
}

function isOpen(address: string, inside: boolean): boolean {
  return !holds(never, address) && (inside || !holds(privately, address))
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
