import type { Endpoint, Event } from '@haidang/contracts/event'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { countryName } from '../../format/country.ts'
import { useWords } from '../../language/use-words.ts'

/** What the station added to an event: where addresses lie, whose systems take part, who had an address. */
export function EventContext({ event }: { event: Event }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { src_endpoint, dst_endpoint, device, http_request, connection_info } = event
  const client = http_request?.client
  const direction = connection_info?.direction
  const ends = [
    { name: t`Nguồn`, endpoint: src_endpoint },
    { name: t`Đích`, endpoint: dst_endpoint },
    { name: t`Máy ghi`, endpoint: device },
  ].filter(({ endpoint }) => isEnriched(endpoint))
  if (ends.length === 0 && client === undefined && direction === undefined) return null
  return (
    <Section title={t`Bối cảnh`}>
      <Facts>
        {direction === undefined ? null : (
          <Fact name={t`Hướng`}>{label('direction', direction)}</Fact>
        )}
        {ends.map(({ name, endpoint }) => (
          <Fact key={name} name={name}>
            {endpoint === undefined ? null : <EndpointContext endpoint={endpoint} />}
          </Fact>
        ))}
        {client === undefined ? null : (
          <Fact name={t`Trình khách`}>
            {[client.name, client.version, client.os].filter(Boolean).join(' · ')}{' '}
            <span className="text-ink-3">{label('clientKind', client.kind)}</span>
          </Fact>
        )}
      </Facts>
    </Section>
  )
}

/** The same of the event of an alert, where it is kept on this node and may be read; nothing otherwise. */
export function AlertEventContext({ id }: { id: string }) {
  const may = useMay()
  const query = useQuery({
    queryKey: ['events', 'one', id],
    queryFn: ({ signal }) => api.events.get({ params: { id } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== '' && may('event.read'),
    retry: false,
  })
  return query.data === undefined ? null : <EventContext event={query.data} />
}

function isEnriched(endpoint: Endpoint | undefined): boolean {
  if (endpoint === undefined) return false
  const { location, autonomous_system, zone, system, lease } = endpoint
  return [location, autonomous_system, zone, system, lease].some((part) => part !== undefined)
}

function EndpointContext({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useLingui()
  const { label, language } = useWords()
  const { location, autonomous_system: as, zone, system } = endpoint
  const where = [
    endpoint.ip ?? endpoint.hostname,
    location?.country && countryName(location.country, language),
    as && `AS${as.number}${as.name ? ` ${as.name}` : ''}`,
    zone && label('addressZone', zone),
    location?.is_on_premises ? t`Mạng của đơn vị` : undefined,
  ].filter(Boolean)
  return (
    <>
      <Line>{where.join(' · ')}</Line>
      {system === undefined ? null : (
        <Line>
          <span className="font-medium">{system.name}</span>{' '}
          <span className="text-ink-2">{system.organisation}</span>{' '}
          {system.level === undefined ? null : (
            <span className="text-ink-3">{t`cấp độ ${system.level}`}</span>
          )}
        </Line>
      )}
      <LeaseLine endpoint={endpoint} />
    </>
  )
}

function LeaseLine({ endpoint: { lease, hostname, mac, owner } }: { endpoint: Endpoint }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (lease === undefined) return null
  const known = { hostname, mac, owner: owner?.name }
  const filled = lease.filled.map((name) => known[name]).filter(Boolean)
  return (
    <Line>
      {filled.join(' · ')}{' '}
      <span className="text-ink-3">
        {t`theo cấp phát`} {label('leaseKind', lease.kind)} <Time at={lease.since} as="absolute" />
      </span>
    </Line>
  )
}

function Line({ children }: { children: ReactNode }) {
  return <p className="break-words">{children}</p>
}
