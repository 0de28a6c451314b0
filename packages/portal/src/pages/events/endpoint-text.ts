import type { Endpoint, Event } from '@haidang/contracts/event'

function one(endpoint: Endpoint | undefined): string {
  const name = endpoint?.ip ?? endpoint?.hostname ?? endpoint?.domain ?? ''
  if (!name || endpoint?.port === undefined) return name
  return name.includes(':') ? `[${name}]:${endpoint.port}` : `${name}:${endpoint.port}`
}

/** `203.0.113.7:51022 → 10.1.2.3:22`: from where to where, as far as it is known. */
export function endpointText(event: Event): string {
  return [one(event.src_endpoint), one(event.dst_endpoint)].filter(Boolean).join(' → ')
}
