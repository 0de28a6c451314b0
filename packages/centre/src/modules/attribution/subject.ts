import { domainToUnicode } from 'node:url'
import { asciiHost } from '@haidang/detection/indicators/ascii-name'
import { writeUrl } from '@haidang/detection/indicators/url-key'
import { type IpWords, networkText, readIp, readNetwork } from '@haidang/detection/ip-address'
import type { RangeFault } from './range-fault.ts'

/** What a range is of: addresses, all below a name, all below a path, an autonomous system. */
export type RangeKind = 'network' | 'domain' | 'url' | 'asn'

/** What somebody asks the owner of. */
export type Subject =
  | { readonly kind: 'address'; readonly words: IpWords; readonly text: string }
  | { readonly kind: 'domain' | 'url' | 'asn'; readonly text: string }

/** A range in the one form it is compared and kept in. */
export interface Range {
  readonly kind: RangeKind
  readonly text: string
}

const longest = 2_048
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const shortestIpv4 = 96 + 8
const shortestIpv6 = 16

/**
 * Reads an address, a host name (Unicode labels become Punycode), a URL or an autonomous system (AS64500).
 * IPv4 written as IPv6 (::ffff:203.0.113.5) is the IPv4 address. Undefined for anything else.
 */
export function readSubject(written: string): Subject | undefined {
  const text = written.trim()
  if (text.length === 0 || text.length > longest) return undefined
  if (text.includes('://')) {
    const url = canonicalUrl(text)
    return url === undefined ? undefined : { kind: 'url', text: url }
  }
  const words = readIp(text.replace(/^\[([^\]]*)\]$/, '$1'))
  if (words) return { kind: 'address', words, text: networkText({ words, bits: 128 }) }
  const asn = canonicalAsn(text)
  if (asn !== undefined) return { kind: 'asn', text: asn }
  const name = canonicalName(text)
  return name === undefined ? undefined : { kind: 'domain', text: name }
}

/** Reads a range as a person writes it; says what is wrong with one that is none. */
export function readRange(written: string): Range | RangeFault {
  const text = written.trim()
  if (text.length > longest) return { fault: 'too-long' }
  if (text.includes('://')) return readUrlRange(text)
  const asn = canonicalAsn(text)
  if (asn !== undefined) return { kind: 'asn', text: asn }
  return /^[\d.]+(?:\/|$)|:/.test(text) ? readNetworkRange(text) : readNameRange(text)
}

export function isFault(read: Range | RangeFault): read is RangeFault {
  return 'fault' in read
}

function readUrlRange(text: string): Range | RangeFault {
  const url = canonicalUrl(text)
  return url === undefined ? { fault: 'no-url' } : { kind: 'url', text: url }
}

function readNetworkRange(text: string): Range | RangeFault {
  const network = readNetwork(text)
  if (!network) return { fault: 'no-network' }
  const shown = networkText(network)
  const shortest = network.bits >= 96 && shown.includes('.') ? shortestIpv4 : shortestIpv6
  if (network.bits < shortest) return { fault: 'too-wide' }
  const written = readIp(text.split('/')[0] ?? '')
  if (written?.some((word, i) => word !== network.words[i])) {
    return { fault: 'host-bits', meant: shown }
  }
  return { kind: 'network', text: shown }
}

function readNameRange(text: string): Range | RangeFault {
  const name = canonicalName(text.replace(/^\*?\./, ''))
  if (name === undefined) {
    return { fault: 'no-range' }
  }
  if (!name.includes('.')) {
    return { fault: 'top-level' }
  }
  return { kind: 'domain', text: name }
}

/** A host name in lower case with Unicode labels in Punycode, without its final dot. */
export function canonicalName(text: string): string | undefined {
  const name = asciiHost(text.toLowerCase())?.replace(/\.$/, '')
  if (name === undefined || name.length === 0 || name.length > 253) return undefined
  const labels = name.split('.')
  if (!labels.every((one) => label.test(one)) || /^\d+$/.test(labels.at(-1) ?? '')) return undefined
  // What says it is Punycode and is not, names nothing.
  if (name.includes('xn--') && domainToUnicode(name) === '') return undefined
  return name
}

/** `http://host/path/`: scheme, user, default port, query and fragment do not tell systems apart. */
function canonicalUrl(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  const host = canonicalHost(url.hostname)
  if (host === undefined) return undefined
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  const whole = `http://${host}${port}${url.pathname}${url.pathname.endsWith('/') ? '' : '/'}`
  if (whole.length > longest) return undefined
  const bytes = Buffer.alloc(whole.length + 1)
  return bytes.toString('latin1', 0, writeUrl(whole, bytes))
}

function canonicalHost(hostname: string): string | undefined {
  const words = readIp(hostname.replace(/^\[(.*)\]$/, '$1'))
  if (!words) return canonicalName(hostname)
  const text = networkText({ words, bits: 128 })
  return text.includes(':') ? `[${text}]` : text
}

function canonicalAsn(text: string): string | undefined {
  const number = Number(/^AS ?(\d{1,10})$/i.exec(text)?.[1] ?? 0)
  return number > 0 && number <= 4_294_967_295 ? `AS${number}` : undefined
}
