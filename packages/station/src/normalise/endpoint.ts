import { addressOf, type Draft, present } from './draft.ts'

/** An address, or where it is none a name, and a port. */
export function endpointOf(host: string | undefined, port?: string | number, mac?: string) {
  const ip = addressOf(host)
  const number = port === undefined || port === '' ? undefined : Number(port)
  const isPort = number !== undefined && Number.isInteger(number) && number >= 0 && number <= 65_535
  return present({
    ip,
    hostname: ip === undefined && host ? host.slice(0, 255) : undefined,
    port: isPort ? number : undefined,
    mac: mac === undefined ? undefined : macOf(mac),
  })
}

/** A hardware address in lower case with colons; undefined if it is none. */
export function macOf(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/[-.:]/g, '')
  if (!/^[0-9a-f]{12}$/.test(plain)) return undefined
  return plain.match(/../g)?.join(':')
}

/** `192.0.2.10:51514 → 198.51.100.20:443`, as far as both ends are known. */
export function endsOf(draft: Pick<Draft, 'src_endpoint' | 'dst_endpoint'>): string {
  return `${endOf(draft.src_endpoint)} → ${endOf(draft.dst_endpoint)}`
}

function endOf(endpoint: Draft['src_endpoint']): string {
  const host = endpoint?.ip ?? endpoint?.hostname ?? '?'
  if (endpoint?.port === undefined) return host
  return host.includes(':') ? `[${host}]:${endpoint.port}` : `${host}:${endpoint.port}`
}
