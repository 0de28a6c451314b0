import { type HealthFinding, healthy } from '@haidang/runtime/health'
import type { NodeConfiguration } from './node-configuration.ts'

type Settings = Pick<NodeConfiguration, 'http' | 'database' | 'events' | 'bus'>

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/
const encrypted = /[?&](sslmode=(require|verify-ca|verify-full)|ssl=(true|1))(&|$)/

/** Keys of the configuration that let something go unencrypted beyond this machine. */
export function plainConnections({ http, database, events, bus }: Settings): string[] {
  const found = {
    'http.host': !loopback.test(http.host) && !http.public_url?.startsWith('https:'),
    'database.url': leaves(database.url) && !encrypted.test(database.url ?? ''),
    'events.url': leaves(events.url) && !events.url?.startsWith('https:'),
    'bus.url': (bus.url?.split(',') ?? []).some((url) => isPlainBus(url.trim(), bus)),
  }
  return Object.entries(found).flatMap(([key, isPlain]) => (isPlain ? [key] : []))
}

/** A warning that names them, with what to do. */
export async function plainConnectionHealth(settings: Settings): Promise<HealthFinding> {
  const found = plainConnections(settings).join(', ')
  if (found === '')
    return healthy(
      'Không gì đi ra ngoài máy này mà không mã hóa',
      'Nothing goes unencrypted beyond this machine',
    )
  return {
    state: 'warn',
    cause: {
      vi: `Đi ra ngoài máy này mà không mã hóa: ${found}`,
      en: `Unencrypted beyond this machine: ${found}`,
    },
    remedy: {
      vi: 'Cổng thông tin: đặt proxy TLS phía trước và ghi http.public_url; cơ sở dữ liệu: sslmode=verify-full; kho sự kiện: https://; bus: tls://',
      en: 'Portal: put a TLS proxy in front and set http.public_url; database: sslmode=verify-full; event store: https://; bus: tls://',
    },
  }
}

/** Whether an address leads off this machine; a socket in the file system does not. */
function leaves(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname !== '' && !loopback.test(hostname)
}

function isPlainBus(url: string, { tls }: Settings['bus']): boolean {
  const isSecured = url.startsWith('tls:') || Boolean(tls.authority ?? tls.certificate)
  return !isSecured && leaves(url)
}
